/** What else is said of a part on the map: that the story points at it, or what is picked is about it. */
import type { Selecting } from '../session/selection.svelte';

export type Sign = {
  /** The chapter that is told is about it. */
  readonly pointed: boolean;
  /** Its state is another one in the run beside this. */
  readonly differs: boolean;
  /** What is picked is about it, or what is under the pointer elsewhere. */
  readonly picked: boolean;
  readonly hinted: boolean;
};

/** Paths of parts. */
export type Signs = {
  readonly focus: readonly string[];
  readonly marked: ReadonlySet<string>;
  readonly picked: readonly string[];
  readonly hinted: readonly string[];
};

export const NO_SIGNS: Signs = { focus: [], marked: new Set(), picked: [], hinted: [] };
export const NO_SIGN: Sign = { pointed: false, differs: false, picked: false, hinted: false };

/** Where something is drawn that has no drawing of its own. */
const DRAWN_AS: Readonly<Record<string, string>> = { process: 'os', console: 'display' };

/** With what all views of the run point at together. */
export const signsOf = (
  { focus, marked }: { readonly [Name in 'focus' | 'marked']?: Signs[Name] | undefined },
  selection: Pick<Selecting, 'picked' | 'hinted'> | null,
): Signs => ({
  focus: focus ?? NO_SIGNS.focus,
  marked: marked ?? NO_SIGNS.marked,
  picked: selection?.picked?.parts ?? NO_SIGNS.picked,
  hinted: selection?.hinted?.parts ?? NO_SIGNS.hinted,
});

const within = (path: string, part: string): boolean =>
  path === part || path.startsWith(`${part}.`);

function drawnPath(path: string, withCore: boolean): string {
  const [host = '', part = '', ...rest] = path.split('.');
  const core = part === 'control' || part === 'alu';
  const drawn = core && !withCore ? 'cpu' : (DRAWN_AS[part] ?? part);
  return part === '' ? host : [host, drawn, ...rest].join('.');
}

/** `withCore`: control unit and ALU are drawn as parts of their own. */
export function signOf(part: string, signs: Signs, withCore = true): Sign {
  const isIn = (path: string): boolean => within(drawnPath(path, withCore), part);
  return {
    pointed: signs.focus.some(isIn),
    differs: [...signs.marked].some(isIn),
    picked: signs.picked.some(isIn),
    hinted: signs.hinted.some(isIn),
  };
}

/** A part's name and what is said of it. */
export const toldOf = (label: string, { pointed, differs, picked }: Sign): string =>
  [
    label,
    ...(pointed ? ['the story points at it'] : []),
    ...(differs ? ['differs'] : []),
    ...(picked ? ['picked'] : []),
  ].join(', ');
