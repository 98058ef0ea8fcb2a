/** Text as octets (ASCII) and times as `ping` prints them. */

export function ascii(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i);
  return octets;
}

/** Whole digits of `value` with `decimals` of its thousandths, cut and not rounded. */
function cut(ns: number, decimals: number): string {
  const thousandths = Math.floor(ns / 1_000);
  const whole = Math.floor(thousandths / 1_000);
  const rest = String(thousandths % 1_000).padStart(3, '0');
  return decimals === 0 ? String(whole) : `${whole}.${rest.slice(0, decimals)}`;
}

/** A round-trip time in milliseconds, with three significant places as iputils has them. */
export function roundTripMs(ns: number): string {
  if (ns >= 100_000_000) return cut(ns, 0);
  if (ns >= 10_000_000) return cut(ns, 1);
  return cut(ns, ns >= 1_000_000 ? 2 : 3);
}

/** Milliseconds to the microsecond. */
export function milliseconds(ns: number): string {
  return cut(ns, 3);
}
