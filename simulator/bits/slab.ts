/**
 * Octets for frames and packets. A buffer of its own costs 400 ns and a visit of the garbage
 * collector; a view of a slab that many share costs 40. Each stretch of a slab is given out once,
 * zeroed, and never again, so sharing cannot be seen, except by who clones the whole buffer behind
 * a view: what leaves for another thread is copied first ({@link alone}).
 */

const SLAB_OCTETS = 0x1_0000;
/** What is longer gets a buffer of its own. */
const LONGEST_OCTETS = 2048;

let slab = new ArrayBuffer(SLAB_OCTETS);
let used = 0;

/** Zeros, for the caller to fill. */
export function octetsFor(lengthOctets: number): Uint8Array {
  if (lengthOctets > LONGEST_OCTETS) return new Uint8Array(lengthOctets);
  if (used + lengthOctets > SLAB_OCTETS) {
    slab = new ArrayBuffer(SLAB_OCTETS);
    used = 0;
  }
  const view = new Uint8Array(slab, used, lengthOctets);
  used += lengthOctets;
  return view;
}

/** The same data; octets that were a view of something larger are in a buffer of their own. */
export function alone<T>(data: T): T;
export function alone(data: unknown): unknown {
  if (data instanceof Uint8Array)
    return data.length === data.buffer.byteLength ? data : data.slice();
  if (Array.isArray(data)) return data.map((item: unknown) => alone(item));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([field, value]) => [field, alone(value)]));
}
