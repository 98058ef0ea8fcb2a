/** The octets of a file, and the check that a table of it lies inside. */

export type File = { readonly octets: Uint8Array; readonly view: DataView };

export type Refused = { readonly ok: false; readonly error: string };

export type Table = { readonly offset: number; readonly size: number; readonly count: number };

/** Null when `count` entries of `size` octets, each at least `least`, lie in the file. */
export function checkTable(
  { octets }: File,
  name: string,
  { offset, size, count }: Table,
  least: number,
): Refused | null {
  if (size < least) {
    return { ok: false, error: `The ${name} have ${size} octets each; they need ${least}.` };
  }
  const end = offset + size * count;
  if (end <= octets.length) return null;
  const error = `The file is cut short: the ${name} end at octet ${end} of ${octets.length}.`;
  return { ok: false, error };
}
