/**
 * An independent, slow reference for RV32IMA: BigInt arithmetic, fields cut out of the word by
 * division, memory as a map of octets. Written from the manual's text, sharing nothing with the
 * simulator. It knows no traps and no 16-bit instructions: it answers false when one would be due.
 */
export type Twin = {
  pc: bigint;
  readonly x: bigint[];
  /** RAM from `low` to before `high`; an octet that is not in the map is 0. */
  readonly low: bigint;
  readonly high: bigint;
  readonly memory: Map<bigint, bigint>;
  /** The address that LR reserved last. */
  reserved: bigint | null;
};

const SIZE = 1n << 32n;
const wrap = (n: bigint): bigint => ((n % SIZE) + SIZE) % SIZE;
const signed = (n: bigint, bits = 32n): bigint => {
  const whole = 1n << bits;
  const rest = n % whole;
  return rest >= whole / 2n ? rest - whole : rest;
};

type Fields = Record<'opcode' | 'rd' | 'f3' | 'rs1' | 'rs2' | 'f7', bigint>;

function cut(word: bigint): Fields {
  const field = (from: bigint, width: bigint): bigint => (word / 2n ** from) % 2n ** width;
  return {
    opcode: field(0n, 7n),
    rd: field(7n, 5n),
    f3: field(12n, 3n),
    rs1: field(15n, 5n),
    rs2: field(20n, 5n),
    f7: field(25n, 7n),
  };
}

function immediate(word: bigint, { opcode, rd, f3, rs1, rs2, f7 }: Fields): bigint {
  const top = f7 / 64n;
  switch (opcode) {
    case 0x37n:
    case 0x17n:
      return word - (word % 4096n);
    case 0x6fn: {
      const middle = rs1 * 8n + f3; // bits 19:12
      const eleven = rs2 % 2n;
      const low = (f7 % 64n) * 16n + rs2 / 2n; // bits 10:1
      return signed(top * 2n ** 20n + middle * 4096n + eleven * 2048n + low * 2n, 21n);
    }
    case 0x63n:
      return signed(top * 4096n + (rd % 2n) * 2048n + (f7 % 64n) * 32n + (rd / 2n) * 2n, 13n);
    case 0x23n:
      return signed(f7 * 32n + rd, 12n);
    default:
      return signed(f7 * 32n + rs2, 12n);
  }
}

function compute(f3: bigint, a: bigint, b: bigint, alternative: boolean): bigint {
  switch (f3) {
    case 0n:
      return alternative ? a - b : a + b;
    case 1n:
      return a * 2n ** (b % 32n);
    case 2n:
      return signed(a) < signed(b) ? 1n : 0n;
    case 3n:
      return a < b ? 1n : 0n;
    case 4n:
      return a ^ b;
    case 5n:
      return (alternative ? signed(a) : a) >> (b % 32n);
    case 6n:
      return a | b;
    default:
      return a & b;
  }
}

function holds(f3: bigint, a: bigint, b: bigint): boolean {
  const base = [a === b, a === b, false, false, signed(a) < signed(b), false, a < b, false];
  return base[Number(f3 - (f3 % 2n))] !== (f3 % 2n === 1n);
}

function peek(twin: Twin, at: bigint, octets: bigint): bigint | null {
  let value = 0n;
  for (let k = 0n; k < octets; k++) {
    const from = wrap(at + k);
    if (from < twin.low || from >= twin.high) return null;
    value += (twin.memory.get(from) ?? 0n) * 256n ** k;
  }
  return value;
}

/** What one opcode sees; it answers with what is written to rd and where it goes on. */
type Case = Fields & {
  readonly twin: Twin;
  readonly a: bigint;
  readonly b: bigint;
  readonly imm: bigint;
};
type Effect = { readonly result?: bigint; readonly next?: bigint };

function load({ twin, f3, a, imm }: Case): Effect | null {
  if (f3 === 3n || f3 > 5n) return null;
  const octets = 2n ** (f3 % 4n);
  const value = peek(twin, a + imm, octets);
  if (value === null) return null;
  return { result: f3 < 4n ? signed(value, octets * 8n) : value };
}

function store({ twin, f3, a, b, imm }: Case): Effect | null {
  if (f3 > 2n) return null;
  const octets = 2n ** f3;
  if (peek(twin, a + imm, octets) === null) return null;
  for (let k = 0n; k < octets; k++) {
    twin.memory.set(wrap(a + imm + k), (b / 256n ** k) % 256n);
  }
  return {};
}

function immediateAlu({ f3, f7, rs2, a, imm }: Case): Effect | null {
  const shifts = f3 === 1n || f3 === 5n;
  if (shifts && f7 !== 0n && !(f3 === 5n && f7 === 32n)) return null;
  return { result: compute(f3, a, shifts ? rs2 : wrap(imm), shifts && f7 === 32n) };
}

/** Products are of 64 bits; what a division by zero gives stands in a table of the manual (M). */
function multiply(f3: bigint, a: bigint, b: bigint): bigint {
  const [x, y] = [signed(a), signed(b)];
  switch (f3) {
    case 0n:
      return a * b;
    case 1n:
      return wrap((x * y) >> 32n);
    case 2n:
      return wrap((x * b) >> 32n);
    case 3n:
      return (a * b) >> 32n;
    case 4n:
      return b === 0n ? -1n : x / y;
    case 5n:
      return b === 0n ? -1n : a / b;
    case 6n:
      return b === 0n ? a : x % y;
    default:
      return b === 0n ? a : a % b;
  }
}

const AMO = new Map<bigint, (old: bigint, b: bigint) => bigint>([
  [0n, (old, b) => old + b],
  [1n, (_, b) => b],
  [4n, (old, b) => old ^ b],
  [8n, (old, b) => old | b],
  [12n, (old, b) => old & b],
  [16n, (old, b) => (signed(old) < signed(b) ? old : b)],
  [20n, (old, b) => (signed(old) > signed(b) ? old : b)],
  [24n, (old, b) => (old < b ? old : b)],
  [28n, (old, b) => (old > b ? old : b)],
]);

function atomic(now: Case): Effect | null {
  const { twin, f3, f7, rs2, a, b } = now;
  const old = peek(twin, a, 4n);
  if (f3 !== 2n || a % 4n !== 0n || old === null) return null;
  const kind = f7 / 4n;
  if (kind === 2n) {
    if (rs2 !== 0n) return null;
    twin.reserved = a;
    return { result: signed(old) };
  }
  if (kind === 3n) {
    const held = twin.reserved === a;
    twin.reserved = null;
    if (held) store({ ...now, imm: 0n });
    return { result: held ? 0n : 1n };
  }
  const change = AMO.get(kind);
  if (change === undefined) return null;
  store({ ...now, b: wrap(change(old, b)), imm: 0n });
  return { result: signed(old) };
}

function registerAlu({ f3, f7, a, b }: Case): Effect | null {
  if (f7 === 1n) return { result: multiply(f3, a, b) };
  if (f7 !== 0n && !(f7 === 32n && (f3 === 0n || f3 === 5n))) return null;
  return { result: compute(f3, a, b, f7 === 32n) };
}

function branch({ twin, f3, a, b, imm }: Case): Effect | null {
  if (f3 === 2n || f3 === 3n) return null;
  return holds(f3, a, b) ? { next: twin.pc + imm } : {};
}

function jumpRegister({ twin, f3, a, imm }: Case): Effect | null {
  if (f3 !== 0n) return null;
  const target = wrap(a + imm);
  return { result: twin.pc + 4n, next: target - (target % 2n) };
}

const OPCODES = new Map<bigint, (now: Case) => Effect | null>([
  [0x37n, ({ imm }) => ({ result: imm })],
  [0x17n, ({ twin, imm }) => ({ result: twin.pc + imm })],
  [0x6fn, ({ twin, imm }) => ({ result: twin.pc + 4n, next: twin.pc + imm })],
  [0x67n, jumpRegister],
  [0x63n, branch],
  [0x03n, load],
  [0x23n, store],
  [0x13n, immediateAlu],
  [0x2fn, atomic],
  [0x33n, registerAlu],
  [0x0fn, ({ f3 }) => (f3 > 1n ? null : {})],
]);

/** One instruction; false when it traps or is not RV32IMA, and then nothing was changed. */
export function step(twin: Twin): boolean {
  const word = peek(twin, twin.pc, 4n);
  if (word === null) return false;
  const fields = cut(word);
  const a = twin.x[Number(fields.rs1)]!;
  const b = twin.x[Number(fields.rs2)]!;
  const imm = immediate(word, fields);
  const effect = OPCODES.get(fields.opcode)?.({ ...fields, twin, a, b, imm }) ?? null;
  if (effect === null) return false;
  const next = wrap(effect.next ?? twin.pc + 4n);
  if (effect.result !== undefined && fields.rd !== 0n) {
    twin.x[Number(fields.rd)] = wrap(effect.result);
  }
  twin.pc = next;
  return true;
}
