/**
 * Whether something that came from outside (a saved answer, a screen) is a guess that a question
 * can have at all, right or wrong.
 */
import type { Guess, Question } from './format';

const isWhole = (value: unknown, below: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < below;

const isPath = (value: unknown): boolean =>
  typeof value === 'string' && /^[\w-]+(\.[\w-]+)?$/.test(value);

/** Each index once, and all of them. */
function isOrder(value: unknown, count: number): boolean {
  if (!Array.isArray(value) || value.length !== count) return false;
  return value.every((each) => isWhole(each, count)) && new Set(value).size === count;
}

const areCells = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((each) => typeof each === 'string' && each !== '') &&
  new Set(value).size === value.length;

const CHECKS: {
  readonly [kind in Guess['kind']]: (fields: Record<string, unknown>, options: number) => boolean;
} = {
  choice: ({ option }, options) => option === null || isWhole(option, options),
  order: ({ order }, options) => isOrder(order, options),
  part: ({ part }) => isPath(part),
  number: ({ value }) => typeof value === 'number' && Number.isFinite(value),
  cells: ({ cells }) => areCells(cells),
};

/** Of the question's kind, and about its options. Takes anything. */
export function isGuess(question: Question, value: unknown): value is Guess {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  if (fields['kind'] !== question.kind) return false;
  const options = 'options' in question ? question.options.length : 0;
  return CHECKS[question.kind](fields, options);
}
