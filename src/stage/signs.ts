/** What else is said of a part on the map: that the story points at it, that two runs differ in it. */

export type Sign = {
  /** The chapter that is told is about it. */
  readonly pointed: boolean;
  /** Its state is another one in the run beside this. */
  readonly differs: boolean;
};

export type Signs = { readonly focus: readonly string[]; readonly marked: ReadonlySet<string> };

export const NO_SIGNS: Signs = { focus: [], marked: new Set() };

/** Where something is drawn that has no drawing of its own. */
const DRAWN_AS: Readonly<Record<string, string>> = { process: 'os', console: 'display' };

const within = (path: string, part: string): boolean =>
  path === part || path.startsWith(`${part}.`);

function drawnPath(path: string, withCore: boolean): string {
  const [host = '', part = '', ...rest] = path.split('.');
  const core = part === 'control' || part === 'alu';
  const drawn = core && !withCore ? 'cpu' : (DRAWN_AS[part] ?? part);
  return part === '' ? host : [host, drawn, ...rest].join('.');
}

/** `withCore`: control unit and ALU are drawn as parts of their own. */
export function signOf(part: string, { focus, marked }: Signs, withCore = true): Sign {
  return {
    pointed: focus.some((path) => within(drawnPath(path, withCore), part)),
    differs: [...marked].some((path) => within(drawnPath(path, withCore), part)),
  };
}

/** A part's name and what is said of it. */
export const toldOf = (label: string, { pointed, differs }: Sign): string =>
  [label, ...(pointed ? ['the story points at it'] : []), ...(differs ? ['differs'] : [])].join(
    ', ',
  );
