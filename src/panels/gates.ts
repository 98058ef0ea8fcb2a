/** A chapter's question as its controls take it: what can be chosen, typed, moved and marked. */
import { registerName, type Cells, type Question } from '../../simulator';
import { address } from '../ui/units';

/** What parts are called, by path: `client.nic`, or a cable's name. */
export type PartNames = Readonly<Record<string, string>>;

/** Said when somebody answers before there is a guess. */
export const ASKS: Readonly<Record<Question['kind'], string>> = {
  choice: 'Choose one of them first.',
  number: 'Type a number first.',
  part: 'Press a part on the map, or choose one from the list.',
  order: 'Put them in order first.',
  cells: 'Mark at least one first.',
};

/** By label, so that the order in which an author wrote them gives nothing away. */
export function firstOrder(options: readonly { readonly label: string }[]): number[] {
  const label = (i: number): string => options[i]?.label ?? '';
  return [...options.keys()].toSorted((a, b) => (label(a) < label(b) ? -1 : 1));
}

/** `of` with what stands at `from` moved to `to`; ends stay ends. */
export function moved<T>(of: readonly T[], from: number, to: number): T[] {
  const rest = of.filter((_, i) => i !== from);
  const place = Math.min(Math.max(to, 0), rest.length);
  return [...rest.slice(0, place), ...of.slice(from, from + 1), ...rest.slice(place)];
}

const REGISTERS = 32;

/** Names of the cells, as an answer has them. */
export const cellsOf = (cells: Cells): string[] =>
  cells.kind === 'registers'
    ? Array.from({ length: REGISTERS }, (_, i) => registerName(i))
    : Array.from({ length: cells.count }, (_, i) => address(cells.from + 4 * i));

export type Typed =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly why: string };

export function numberOf(text: string): Typed {
  const typed = text.trim().replace(/[\s_]/g, '');
  if (typed === '') return { ok: false, why: ASKS.number };
  const value = Number(typed);
  if (Number.isFinite(value)) return { ok: true, value };
  const why = /^-?\d+,\d+$/.test(typed)
    ? `Write it with a point: ${typed.replace(',', '.')}.`
    : `“${text.trim()}” is not a number: type digits, such as 12.5.`;
  return { ok: false, why };
}
