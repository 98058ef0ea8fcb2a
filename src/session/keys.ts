/** Keys that somebody chose instead of the usual ones, kept in this browser. */
import { KEYS, keyOf, USUAL_KEYS, type Command, type Keys } from './keyboard';

const KEY = 'keys';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The browser's own, or what leads out of where one is. */
const NOT_OURS: ReadonlySet<string> = new Set([
  ...['Tab', 'Enter', 'Escape', 'Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'],
  ...['Dead', 'Process', 'Unidentified', 'ContextMenu', 'F5', 'F11', 'F12'],
]);

export type Chosen =
  { readonly ok: true; readonly keys: Keys } | { readonly ok: false; readonly why: string };

/** `keys` with `pressed` for `command`; refused when it is no key for that, or means something else. */
export function withKey(keys: Keys, command: Command, pressed: string): Chosen {
  const key = keyOf(pressed);
  if (NOT_OURS.has(key))
    return { ok: false, why: `${pressed} belongs to the browser or the page.` };
  const taken = KEYS.find((row) => row.command !== command && keys[row.command] === key);
  if (taken !== undefined)
    return { ok: false, why: `That key already means “${taken.means}”. Choose another one.` };
  return { ok: true, keys: { ...keys, [command]: key } };
}

/** What was kept; the usual keys for whatever is missing, unknown or no longer good. */
export function keptKeys(storage: Kept | null): Keys {
  let kept: unknown = null;
  try {
    kept = JSON.parse(storage?.getItem(KEY) ?? 'null');
  } catch {
    // Damaged: the usual keys.
  }
  if (typeof kept !== 'object' || kept === null) return USUAL_KEYS;
  let keys = USUAL_KEYS;
  for (const [command, key] of Object.entries(kept)) {
    if (!(command in USUAL_KEYS) || typeof key !== 'string') continue;
    const chosen = withKey(keys, command as Command, key);
    if (chosen.ok) keys = chosen.keys;
  }
  return keys;
}

/** Nothing is kept of the usual keys. */
export function keepKeys(storage: Kept | null, keys: Keys): void {
  const own = Object.entries(keys).filter(
    ([command, key]) => USUAL_KEYS[command as Command] !== key,
  );
  try {
    if (own.length === 0) storage?.removeItem(KEY);
    else storage?.setItem(KEY, JSON.stringify(Object.fromEntries(own)));
  } catch {
    // Storage is full or off: they last until the page is left.
  }
}
