/**
 * What every parser answers: the value, or why the octets are not one and the offset (from the
 * start of the array that was handed in) where that shows. Parsers never throw, never read outside
 * `from` to before `to`, and hand payloads out as views: octets on the wire are never changed.
 */

export type Refusal = { readonly ok: false; readonly why: string; readonly at: number };

export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal;

export function accept<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function refuse(why: string, at: number): Refusal {
  return { ok: false, why, at };
}
