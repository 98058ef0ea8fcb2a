/** What somebody guessed, or the engine found out, in words. */
import type { Guess, Question } from '../../simulator';

/** What parts are called, by path: `client.nic`, or a cable's name. */
export type PartNames = Readonly<Record<string, string>>;

export const NONE_OF_THESE = 'None of these';

/** Ten digits are more than anybody reads off a clock. */
const rounded = (value: number): string => String(Number(value.toPrecision(10)));

export function guessWords(guess: Guess, question: Question, parts: PartNames): string {
  const options = question.kind === 'choice' || question.kind === 'order' ? question.options : [];
  const label = (i: number): string => options[i]?.label ?? '?';
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
