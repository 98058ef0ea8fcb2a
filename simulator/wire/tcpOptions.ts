/**
 * Options of TCP segments: maximum segment size (RFC 9293 §3.7.1), window scale and timestamps
 * (RFC 7323), selective acknowledgments (RFC 2018). What they mean, and which belong into which
 * segment, is for the protocol to say.
 */
import { read16, read32, write16, write32 } from '../bits/words';
import { accept, refuse, type Parsed, type Refusal } from './parsed';

/** Sequence numbers `from` to before `to`. */
export type Block = { readonly from: number; readonly to: number };

export type Timestamps = { readonly value: number; readonly echo: number };

/** Those beside `mss` are left out where a segment does not carry them. */
export type Options = {
  /** Maximum segment size that the sender wants to receive, octets. */
  readonly mss: number | null;
  /** By how many bits the sender's windows are shifted. */
  readonly windowScale?: number;
  readonly sackPermitted?: true;
  readonly timestamps?: Timestamps;
  /** At most 4; 3 beside timestamps. */
  readonly sack?: readonly Block[];
};

type Values = { [name in keyof Options]-?: NonNullable<Options[name]> };

type Row<N extends keyof Options> = {
  readonly kind: number;
  readonly name: N;
  /** Of the whole option (kind, length and value), when it holds `value`. */
  readonly lengthOf: (value: Values[N]) => number;
  /** Null when no option of this kind has that length. */
  readonly read: (octets: Uint8Array, at: number, lengthOctets: number) => Values[N] | null;
  readonly write: (octets: Uint8Array, at: number, value: Values[N]) => void;
};

const END_OF_OPTIONS = 0;
const NO_OPERATION = 1;
const BLOCK_OCTETS = 8;
/** What the header has room for. */
const MOST_OCTETS = 40;

const MSS: Row<'mss'> = {
  kind: 2,
  name: 'mss',
  lengthOf: () => 4,
  read: (octets, at, lengthOctets) => (lengthOctets === 4 ? read16(octets, at) : null),
  write: write16,
};

const WINDOW_SCALE: Row<'windowScale'> = {
  kind: 3,
  name: 'windowScale',
  lengthOf: () => 3,
  read: (octets, at, lengthOctets) => (lengthOctets === 3 ? (octets[at] as number) : null),
  write: (octets, at, value) => {
    octets[at] = value;
  },
};

const SACK_PERMITTED: Row<'sackPermitted'> = {
  kind: 4,
  name: 'sackPermitted',
  lengthOf: () => 2,
  read: (_octets, _at, lengthOctets) => (lengthOctets === 2 ? true : null),
  write: () => undefined,
};

const TIMESTAMPS: Row<'timestamps'> = {
  kind: 8,
  name: 'timestamps',
  lengthOf: () => 10,
  read: (octets, at, lengthOctets) =>
    lengthOctets === 10 ? { value: read32(octets, at), echo: read32(octets, at + 4) } : null,
  write: (octets, at, { value, echo }) => {
    write32(octets, at, value);
    write32(octets, at + 4, echo);
  },
};

const SACK: Row<'sack'> = {
  kind: 5,
  name: 'sack',
  lengthOf: (blocks) => 2 + blocks.length * BLOCK_OCTETS,
  read: (octets, at, lengthOctets) => {
    const count = (lengthOctets - 2) / BLOCK_OCTETS;
    if (!Number.isInteger(count) || count === 0) return null;
    return Array.from({ length: count }, (_, index) => {
      const from = at + index * BLOCK_OCTETS;
      return { from: read32(octets, from), to: read32(octets, from + 4) };
    });
  },
  write: (octets, at, blocks) => {
    for (const [index, { from, to }] of blocks.entries()) {
      write32(octets, at + index * BLOCK_OCTETS, from);
      write32(octets, at + index * BLOCK_OCTETS + 4, to);
    }
  },
};

/** The options that are understood, in the order in which they are written. */
const ROWS = [MSS, SACK_PERMITTED, TIMESTAMPS, WINDOW_SCALE, SACK] as unknown as readonly Row<
  keyof Options
>[];

export const NO_OPTIONS: Options = { mss: null };
const NOTHING = accept(NO_OPTIONS);

/** All others are skipped by their length (MUST-6); an illegal length is refused (MUST-7). */
export function parseOptions(octets: Uint8Array, from: number, to: number): Parsed<Options> {
  if (from === to) return NOTHING;
  const found: Partial<Record<keyof Options, unknown>> = { mss: null };
  let at = from;
  while (at < to && octets[at] !== END_OF_OPTIONS) {
    const kind = octets[at] as number;
    if (kind === NO_OPERATION) {
      at += 1;
      continue;
    }
    const lengthOctets = optionLength(octets, at, to);
    if (typeof lengthOctets !== 'number') return lengthOctets;
    const row = ROWS.find((option) => option.kind === kind);
    if (row !== undefined) {
      const value = row.read(octets, at + 2, lengthOctets);
      if (value === null) return refuse(`option ${kind} with a length of ${lengthOctets}`, at + 1);
      found[row.name] = value;
    }
    at += lengthOctets;
  }
  return accept(found as Options);
}

/** The length of the option at `at`, which is neither of the two that have none. */
export function optionLength(octets: Uint8Array, at: number, to: number): number | Refusal {
  if (at + 1 >= to) return refuse('an option without a length', at);
  const lengthOctets = octets[at + 1] as number;
  if (lengthOctets < 2) return refuse(`an option with a length of ${lengthOctets}`, at + 1);
  if (at + lengthOctets > to) return refuse('an option beyond the header', at + 1);
  return lengthOctets;
}

/** Before an option stand so many no-operations that the next begins with a word. */
const fillers = (lengthOctets: number): number => (4 - (lengthOctets % 4)) % 4;

/** Octets of the options that `options` carries, whole words. */
export function optionOctetsOf(options: Options): number {
  let total = 0;
  for (const row of ROWS) {
    const value = options[row.name];
    if (value == null) continue;
    const lengthOctets = row.lengthOf(value);
    total += fillers(lengthOctets) + lengthOctets;
  }
  return Math.min(total, MOST_OCTETS);
}

/** Up to `to`; what finds no room there is left out. */
export function writeOptions(octets: Uint8Array, from: number, to: number, options: Options): void {
  let at = from;
  for (const row of ROWS) {
    const value = options[row.name];
    if (value == null) continue;
    const lengthOctets = row.lengthOf(value);
    const before = fillers(lengthOctets);
    if (at + before + lengthOctets > to) break;
    octets.fill(NO_OPERATION, at, at + before);
    at += before;
    octets[at] = row.kind;
    octets[at + 1] = lengthOctets;
    row.write(octets, at + 2, value);
    at += lengthOctets;
  }
}
