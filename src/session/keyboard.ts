/**
 * What each key means on a screen that shows a run. Silent while somebody types or presses a
 * button's key; a key that writes a character acts only where the focus is in the player (WCAG 2.2,
 * 2.1.4). Each may be another one (`keys.ts`).
 */

export type Command =
  | 'toggle'
  | 'forward'
  | 'back'
  | 'coarser'
  | 'finer'
  | 'start'
  | 'end'
  | 'slower'
  | 'faster'
  | 'fill'
  | 'legend';

/** What the screen does by itself. */
export type OwnCommand = 'fill' | 'legend';

type Row = { readonly key: string; readonly command: Command; readonly means: string };

/** The legend, in its order. `key` is `KeyboardEvent.key`, letters small. */
export const KEYS: readonly Row[] = [
  { key: ' ', command: 'toggle', means: 'Play or pause' },
  { key: 'ArrowRight', command: 'forward', means: 'One step forward' },
  { key: 'ArrowLeft', command: 'back', means: 'One step back' },
  { key: 'ArrowUp', command: 'coarser', means: 'Larger steps' },
  { key: 'ArrowDown', command: 'finer', means: 'Smaller steps' },
  { key: 'Home', command: 'start', means: 'To the start' },
  { key: 'End', command: 'end', means: 'To the end' },
  { key: '[', command: 'slower', means: 'Slower' },
  { key: ']', command: 'faster', means: 'Faster' },
  { key: 'f', command: 'fill', means: 'The player takes the window, or gives it back' },
  { key: '?', command: 'legend', means: 'Show or hide this list' },
];

/** The key of each command. */
export type Keys = Readonly<Record<Command, string>>;

export const USUAL_KEYS = Object.fromEntries(
  KEYS.map(({ key, command }) => [command, key]),
) as Keys;

/** `F` and `f` are one key. */
export const keyOf = (key: string): string => (key.length === 1 ? key.toLowerCase() : key);

export const isCharacter = (key: string): boolean => key.length === 1 && key !== ' ';

/** What of a `KeyboardEvent` matters. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'defaultPrevented' | 'target'
>;

const TYPED_INTO = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';
/** What uses the key itself while it has the focus. */
const OWN_KEYS: { readonly [key: string]: string } = {
  ' ': 'button, a[href], summary, [role="button"], [role="option"], [role="menuitem"]',
  ArrowUp: '[role="slider"], [role="listbox"], [role="menu"], [role="tree"], [role="grid"]',
};
const ARROWS = OWN_KEYS['ArrowUp'] ?? '';
const MOVES = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

function isTaken({ key, target }: Press): boolean {
  if (target === null || !('closest' in target)) return false;
  const closest = (selector: string): boolean => (target as Element).closest(selector) !== null;
  if (closest(TYPED_INTO)) return true;
  if (MOVES.has(key)) return closest(`${ARROWS}, [role="tablist"], [role="radiogroup"]`);
  const own = OWN_KEYS[key];
  return own !== undefined && closest(own);
}

/**
 * Null when the key means nothing here: with a modifier, while typing, where it has its use, or, for
 * one that writes a character, outside the player.
 */
export function commandOf(
  press: Press,
  keys: Keys = USUAL_KEYS,
  inPlayer: (target: EventTarget | null) => boolean = () => true,
): Command | null {
  if (press.defaultPrevented || press.altKey || press.ctrlKey || press.metaKey) return null;
  const key = keyOf(press.key);
  const row = KEYS.find(({ command }) => keys[command] === key);
  if (row === undefined || isTaken(press)) return null;
  return isCharacter(key) && !inPlayer(press.target) ? null : row.command;
}

/** What a command needs of a player. */
export type Player<G> = {
  readonly grain: G;
  readonly grains: readonly G[];
  readonly speed: number;
  readonly toggle: () => void;
  readonly step: (direction: 1 | -1) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  readonly setGrain: (grain: G) => void;
  readonly setSpeed: (stop: number) => void;
};

function regrain<G>(player: Player<G>, by: 1 | -1): void {
  const grain = player.grains[player.grains.indexOf(player.grain) + by];
  if (grain !== undefined) player.setGrain(grain);
}

/** Carries out a command; false when it is the screen's own. */
export function obey<G>(player: Player<G>, command: Command): boolean {
  const deeds: { readonly [name in Exclude<Command, OwnCommand>]: () => void } = {
    toggle: () => player.toggle(),
    forward: () => player.step(1),
    back: () => player.step(-1),
    coarser: () => regrain(player, -1),
    finer: () => regrain(player, 1),
    start: () => player.toStart(),
    end: () => player.toEnd(),
    slower: () => player.setSpeed(player.speed - 1),
    faster: () => player.setSpeed(player.speed + 1),
  };
  if (command === 'legend' || command === 'fill') return false;
  deeds[command]();
  return true;
}
