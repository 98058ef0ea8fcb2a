/** What somebody guessed, or the engine found out, in words. */
import type { Guess, Question } from './format';

export const NONE_OF_THESE = 'None of these';

/** Ten digits are more than anybody reads off a clock. */
const rounded = (value: number): string => String(Number(value.toPrecision(10)));

const optionsOf = (question: Question): readonly { label: string }[] =>
  'options' in question ? question.options : [];

/** `parts`: what parts are called, by path; without a name it is the path. */
export function guessWords(
  guess: Guess,
  question: Question,
  parts: Readonly<Record<string, string>> = {},
): string {
  const label = (i: number): string => optionsOf(question)[i]?.label ?? '?';
  switch (guess.kind) {
    case 'choice':
      return guess.option === null ? NONE_OF_THESE : label(guess.option);
    case 'order':
      return guess.order.map((option, i) => `${i + 1}. ${label(option)}`).join('; ');
    case 'part':
      return parts[guess.part] ?? guess.part;
    case 'number':
      return `${rounded(guess.value)} ${question.kind === 'number' ? question.unit : ''}`.trim();
    case 'cells':
      return guess.cells.length === 0 ? 'none' : guess.cells.join(', ');
  }
}
