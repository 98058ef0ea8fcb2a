/**
 * The pieces of a dissection: layers and fields, and how a header is cut into fields by a table.
 * Dissectors take anything, also frames that are cut short or damaged, and say what is wrong.
 */
import type { Ipv4 } from '../../contract/address';

export type Field = {
  readonly name: string;
  readonly value: string;
  /** Octets of the frame; `to` is one past the last. */
  readonly from: number;
  readonly to: number;
  /** First bit, and one past the last, counted from the highest of octet `from`; else all bits. */
  readonly bits: readonly [number, number] | null;
  /** What it is for, in one plain sentence. */
  readonly meaning: string;
  /** Of a checksum, or of a field that must have a certain value. */
  readonly good?: boolean;
};

export type Layer = {
  readonly name: string;
  /** One line, as in a list of frames. */
  readonly summary: string;
  /** The whole unit, with what it carries. */
  readonly from: number;
  readonly to: number;
  /** Its own part: header, trailer, and data that nobody else explains. */
  readonly fields: readonly Field[];
  /** What is wrong with it; null when nothing is. */
  readonly wrong: string | null;
};

export type Kind = 'arp' | 'ipv4' | 'icmp' | 'udp' | 'tcp' | 'http' | 'data';

export type Context = {
  /** Addresses of the packet around, for the pseudo-header. */
  readonly source: Ipv4;
  readonly destination: Ipv4;
  /** Inside an ICMP error, where packets are cut short by design. */
  readonly quoted: boolean;
};

/** What a layer carries, and which part of the frame that is. */
export type Next = {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
  readonly context: Context;
};

export type Found = { readonly layer: Layer; readonly next: Next | null };

export type Dissector = (octets: Uint8Array, from: number, to: number, context: Context) => Found;

/** One field of a header; rows follow one another without a gap. */
export type Row = {
  readonly name: string;
  readonly bits: number;
  readonly meaning: string;
  /** How the value is written; decimal without it. */
  readonly show?: (value: number) => string;
};

/** The `count` (at most 48) bits from bit `bit` of `octets` on, highest first. */
function readBits(octets: Uint8Array, bit: number, count: number): number {
  const end = bit + count;
  let value = 0;
  for (let at = Math.floor(bit / 8); at * 8 < end; at++)
    value = value * 256 + (octets[at] as number);
  const spare = (8 - (end % 8)) % 8;
  let below = 1;
  for (let i = 0; i < spare; i++) below *= 2;
  let all = 1;
  for (let i = 0; i < count; i++) all *= 2;
  return Math.floor(value / below) % all;
}

/** The fields of `rows` from `from` on, as many as there are octets for. */
export function readRows(
  octets: Uint8Array,
  from: number,
  to: number,
  rows: readonly Row[],
): Field[] {
  const fields: Field[] = [];
  let bit = from * 8;
  for (const { name, bits, meaning, show = String } of rows) {
    const [first, end] = [Math.floor(bit / 8), Math.ceil((bit + bits) / 8)];
    if (end > to) break;
    const value = show(readBits(octets, bit, bits));
    const whole = bit % 8 === 0 && bits % 8 === 0;
    const within = whole ? null : ([bit - first * 8, bit - first * 8 + bits] as const);
    fields.push({ name, value, from: first, to: end, bits: within, meaning });
    bit += bits;
  }
  return fields;
}

/** A field that is not in a table. */
export function fieldAt(
  name: string,
  value: string,
  from: number,
  to: number,
  meaning: string,
): Field {
  return { name, value, from, to, bits: null, meaning };
}

/** `fields` with the one called `name` judged: when it is not good, its value says what would be. */
export function judge(
  fields: readonly Field[],
  name: string,
  good: boolean,
  right: string,
): Field[] {
  return fields.map((field) => {
    if (field.name !== name) return field;
    const value = good ? `${field.value}, right` : `${field.value}, wrong: ${right} is right`;
    return { ...field, value, good };
  });
}

/** A layer whose header is not all there: what there is, and nothing further in. */
export function cutShort(
  name: string,
  octets: Uint8Array,
  from: number,
  to: number,
  rows: readonly Row[],
  context: Context,
): Found {
  const fields = readRows(octets, from, to, rows);
  const rest = fields.at(-1)?.to ?? from;
  if (rest < to)
    fields.push(
      fieldAt('Cut short', hexOf(octets, rest, to), rest, to, 'The header should go on here.'),
    );
  const wrong = context.quoted ? null : 'the header is cut short';
  return { layer: { name, summary: `${name}, cut short`, from, to, fields, wrong }, next: null };
}

/** What is left of a layer's octets that have no meaning of their own. */
export const hex =
  (digits: number) =>
  (value: number): string =>
    `0x${value.toString(16).padStart(digits, '0')}`;

export const yesNo = (value: number): string => (value === 1 ? 'yes' : 'no');

const SHOWN_OCTETS = 16;

/** `de ad be ef`, the first 16 octets. */
export function hexOf(octets: Uint8Array, from: number, to: number): string {
  const shown = octets.subarray(from, Math.min(to, from + SHOWN_OCTETS));
  const pairs = Array.from(shown, (octet) => octet.toString(16).padStart(2, '0'));
  return pairs.join(' ') + (to - from > SHOWN_OCTETS ? ' …' : '');
}

/** `6 (TCP)` */
export function named(value: number, names: { readonly [value: number]: string }): string {
  const name = names[value];
  return name === undefined ? String(value) : `${value} (${name})`;
}

/** `1 octet`, `2 octets` */
export const countOctets = (count: number): string => `${count} octet${count === 1 ? '' : 's'}`;
