/** What was seen ahead as an answer to the question, or why it is none; and whether a guess is it. */
import { changed } from './cells';
import type { Foresight, Sighting } from './foresight';
import type { Guess, Option, Question } from './format';
import { fieldAt, isMove, type Seen } from './matcher';

export type Answered =
  { readonly answer: Guess; readonly why: null } | { readonly answer: null; readonly why: string };

const found = (answer: Guess): Answered => ({ answer, why: null });
const unknown = (why: string): Answered => ({ answer: null, why });

const NOT_COMING = 'In this run it does not come to what is asked about.';

export function answerOf(foresight: Foresight): Answered {
  const { question, first, refused } = foresight;
  const [sighting] = first;
  if (refused !== null) return unknown(`What is supposed cannot be done here: ${refused}.`);
  switch (question.kind) {
    case 'choice':
      return found({ kind: 'choice', option: inOrder(first)[0] ?? null });
    case 'order':
      return orderOf(first, question.options);
    case 'part':
      return sighting ? found({ kind: 'part', part: partOf(sighting.seen) }) : unknown(NOT_COMING);
    case 'number':
      return numberOf(foresight, question);
    case 'cells':
      return sighting ? cellsOf(foresight, question.of.host) : unknown(NOT_COMING);
  }
}

/** Indices of those that were seen, the first first. */
function inOrder(first: readonly (Sighting | null)[]): number[] {
  return first
    .flatMap((sighting, index) => (sighting === null ? [] : [{ ...sighting, index }]))
    .toSorted((a, b) => a.timeNs - b.timeNs || a.ordinal - b.ordinal)
    .map(({ index }) => index);
}

function orderOf(first: readonly (Sighting | null)[], options: readonly Option[]): Answered {
  const missing = options.find((_, index) => first[index] === null);
  if (missing !== undefined) return unknown(`“${missing.label}” does not come in this run.`);
  return found({ kind: 'order', order: inOrder(first) });
}

/** The part of the map: two names of a path, or a cable's one. */
function partOf(seen: Seen): string {
  const path = isMove(seen) ? seen.to : seen.part;
  return path.split('.').slice(0, 2).join('.');
}

function numberOf(
  foresight: Foresight,
  { of, divisor = 1 }: Extract<Question, { kind: 'number' }>,
): Answered {
  const { from, first } = foresight;
  const [sighting] = first;
  const number = (value: number): Answered => found({ kind: 'number', value: value / divisor });
  if ('count' in of) return number(countOf(foresight));
  if (!sighting) return unknown(NOT_COMING);
  if ('timeTo' in of) return number(sighting.timeNs - Math.max(0, from.timeNs));
  const value = 'at' in of ? fieldAt(sighting.seen.what, of.at) : undefined;
  return typeof value === 'number' ? number(value) : unknown('What comes has no such number.');
}

/** Those before the one that ends it. */
function countOf({ counted, first: [, end] }: Foresight): number {
  if (!end) return counted.length;
  return counted.filter(
    ({ timeNs, ordinal }) =>
      timeNs < end.timeNs || (timeNs === end.timeNs && ordinal < end.ordinal),
  ).length;
}

function cellsOf({ before, after }: Foresight, host: string): Answered {
  if (before.size === 0) return unknown(`${host} has nothing of the kind to look at.`);
  return found({ kind: 'cells', cells: changed(before, after) });
}

/** Slack for sums of fractions. */
const ROUNDING = 1e-9;

const isSameSet = (one: readonly string[], other: readonly string[]): boolean => {
  const all = new Set(other);
  return new Set(one).size === all.size && one.every((each) => all.has(each));
};

function isAnswer(guess: Guess, answer: Guess, tolerance: number): boolean {
  switch (guess.kind) {
    case 'choice':
      return answer.kind === 'choice' && guess.option === answer.option;
    case 'part':
      return answer.kind === 'part' && guess.part === answer.part;
    case 'order':
      return answer.kind === 'order' && guess.order.join() === answer.order.join();
    case 'cells':
      return answer.kind === 'cells' && isSameSet(guess.cells, answer.cells);
    case 'number':
      return answer.kind === 'number' && Math.abs(guess.value - answer.value) <= tolerance;
  }
}

/** Is `guess` what was found out; of numbers, near enough. */
export function isRight(question: Question, guess: Guess, answer: Guess): boolean {
  const tolerance = question.kind === 'number' ? (question.tolerance ?? 0) : 0;
  return isAnswer(guess, answer, tolerance + ROUNDING);
}
