/** A happening in a few letters, for the drawing, and in a name that says when it was. */
import type { Happening } from '../session/happenings';
import { time } from '../ui/units';

type Said = Pick<Happening, 'kind' | 'sentence'>;

const ended = (sentence: string): string => sentence.replace(/[.:]$/, '');

const behind = (sentence: string): string => {
  const colon = sentence.indexOf(': ');
  return colon < 0 ? '' : ended(sentence.slice(colon + 2));
};

const before = (sentence: string): string => sentence.split(':')[0] ?? '';

const found = (sentence: string, pattern: RegExp): string => pattern.exec(sentence)?.[1] ?? '';

const WORDS: Readonly<Record<string, (sentence: string) => string>> = {
  frame: behind,
  called: (sentence) => found(sentence, / calls (\w+)/),
  call: (sentence) => found(sentence, /(?: calls |ecall: )(\w+)/),
  return: (sentence) => found(sentence, /^(\w+) returns/),
  returned: (sentence) => found(sentence, / (returns .+)\.$/),
  print: (sentence) => found(sentence, /(“.*”)/),
  tcp: (sentence) => (before(sentence).includes('→') ? before(sentence) : ''),
  exited: () => 'ends',
  lost: () => 'lost',
};

/** Empty when the shape alone has to say it. At most `most` letters. */
export function shortOf({ kind, sentence }: Said, most: number): string {
  const text = WORDS[kind]?.(sentence) ?? '';
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

/** What it is called when it is read aloud. */
export function nameOf({
  sentence,
  departNs,
  arriveNs,
}: Pick<Happening, 'sentence' | 'departNs' | 'arriveNs'>): string {
  const when =
    arriveNs > departNs ? `${time(departNs)} to ${time(arriveNs)}` : `at ${time(departNs)}`;
  return `${ended(sentence)}, ${when}`;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const things = (count: number): string => (count === 1 ? '1 event' : `${grouped(count)} events`);

export type Told = {
  readonly fromNs: number;
  readonly toNs: number;
  /** Null while it is being asked. */
  readonly total: number | null;
  readonly drawn: boolean;
  readonly lanes: number;
  /** Of very many lanes only those in sight were asked for. */
  readonly some: boolean;
  /** What happens inside the parts was asked for, and the stretch is too long for it. */
  readonly tooLong: boolean;
};

/** The whole diagram in a sentence or two. */
export function summaryOf({ fromNs, toNs, total, drawn, lanes, some, tooLong }: Told): string {
  const window = `from ${fromNs === 0 ? 'the start' : time(fromNs)} to ${time(toNs)}`;
  if (total === null) return `Looking at the run ${window}…`;
  if (!drawn) return `${things(total)} in this window, ${window}: zoom in to see each.`;
  const close = tooLong ? ' Zoom in further to see inside the parts.' : '';
  const said = total === 0 ? 'Nothing happens' : things(total);
  const where = lanes === 1 ? 'on 1 lane' : `on ${some ? 'those in sight of ' : ''}${lanes} lanes`;
  return `${said} ${window}, ${where}.${close}`;
}
