/** Does a move or note fit a pattern: by its kind, its paths, and fields of what it carries. */
import type { Plain } from '../contract/plain';
import type { Move, Note } from '../contract/seen';
import { dissect } from '../wire/dissect';
import type { Pattern } from './format';

export type Seen = Move | Note;

export const isMove = (seen: Seen): seen is Move => 'departNs' in seen;

/** The part itself, or whatever lies within it. */
const within = (path: string, part: string | undefined): boolean =>
  part === undefined || path === part || path.startsWith(`${part}.`);

/** The value at a dotted path; undefined where nothing is. Lists and octets have a `length`. */
export function fieldAt(what: Plain | undefined, path: string): Plain | undefined {
  let value: unknown = what;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    // Only its own: a path comes from a file and must not reach what every object has.
    value = Object.hasOwn(value, name) || name === 'length' ? Reflect.get(value, name) : undefined;
  }
  return value as Plain | undefined;
}

/** The octets of the frame that it carries; null when it carries none. */
function frameOf({ what }: Seen): Uint8Array | null {
  const octets = fieldAt(what, 'octets') ?? fieldAt(what, 'flight.octets');
  return octets instanceof Uint8Array ? octets : null;
}

/** `6` fits `6 (TCP)`, and so does the whole. */
const says = (value: string, wanted: string): boolean =>
  value === wanted || value.startsWith(`${wanted} `) || value.startsWith(`${wanted},`);

function framed(seen: Seen, wanted: NonNullable<Pattern['frame']>): boolean {
  const octets = frameOf(seen);
  if (octets === null) return false;
  const layers = dissect(octets);
  return Object.entries(wanted).every(([name, fields]) =>
    layers.some(
      (layer) =>
        layer.name === name &&
        Object.entries(fields).every(([field, value]) =>
          layer.fields.some((each) => each.name === field && says(each.value, value)),
        ),
    ),
  );
}

const placed = (seen: Seen, { part, from, to }: Pattern): boolean =>
  isMove(seen)
    ? part === undefined && within(seen.from, from) && within(seen.to, to)
    : from === undefined && to === undefined && within(seen.part, part);

export function fits(pattern: Pattern, seen: Seen): boolean {
  const { see, kind, what = {}, frame } = pattern;
  if (isMove(seen) !== (see === 'move') || seen.kind !== kind || !placed(seen, pattern))
    return false;
  const carried = Object.entries(what).every(([path, value]) => fieldAt(seen.what, path) === value);
  return carried && (frame === undefined || framed(seen, frame));
}
