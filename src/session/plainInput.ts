/** An entry of the input log as plain JSON: how links hold it, and how two entries are compared. */
import type { Input } from '../../simulator';
import { toBase64url } from './base64url';

export type PlainInput = readonly [number, object];

export function plainInput({ atNs, deed: done }: Input): PlainInput {
  return [atNs, 'octets' in done ? { ...done, octets: toBase64url(done.octets) } : done];
}
