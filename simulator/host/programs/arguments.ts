/** Reading what a scenario's author gave a modelled program as arguments. */
import type { Plain } from '../../contract/plain';

export type Fields = { readonly [field: string]: Plain | undefined };

/** Nothing given is as good as no fields; null when what is given has none. */
export function fieldsOf(given: Plain): Fields | null {
  if (given === null) return {};
  const isRecord =
    typeof given === 'object' && !Array.isArray(given) && !(given instanceof Uint8Array);
  return isRecord ? (given as Fields) : null;
}

/** A whole number from `least` to `most`; `otherwise` when it is left out, null when it is wrong. */
export function wholeOf(
  fields: Fields,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number | null {
  const value = fields[name] ?? otherwise;
  const isGood = typeof value === 'number' && Number.isSafeInteger(value);
  return isGood && value >= least && value <= most ? value : null;
}

/** The port that a server listens on, or what is wrong with it. */
export function portOf(given: Plain, otherwise: number): number | string {
  const fields = fieldsOf(given);
  const port = fields === null ? null : wholeOf(fields, 'port', otherwise, 1, 65_535);
  return port ?? 'its port is a whole number from 1 to 65535';
}
