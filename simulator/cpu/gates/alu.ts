/**
 * The arithmetic and logic unit out of gates, as in Patterson and Hennessy, Computer Organization
 * and Design (RISC-V edition), appendix A.5: a ripple-carry adder whose second operand can be
 * inverted (subtraction), whose propagate and generate gates serve as XOR and AND, a comparison
 * read off the difference, and a barrel shifter of five stages that shifts right; for a shift to
 * the left the bits pass through it in reverse.
 */
import type { Flags, Operation } from '../alu';
import { add, indexOf, inputs, settle, type Index, type Netlist } from './netlist';

const WIDTH = 32;

/** Control lines: what the operation switches on. `select` chooses among the results. */
export type Lines = {
  /** Inverts b and carries in: b is subtracted, or its bits cleared. */
  readonly invert: 0 | 1;
  readonly unsigned: 0 | 1;
  readonly right: 0 | 1;
  readonly arithmetic: 0 | 1;
  readonly select: 'sum' | 'and' | 'or' | 'xor' | 'shift' | 'less';
};

/** The codes of `select`: bit 2, 1 and 0 steer the three levels of the output's multiplexers. */
const SELECT = { sum: 0, and: 1, or: 2, xor: 3, shift: 4, less: 5 } as const;

const OFF = { invert: 0, unsigned: 0, right: 0, arithmetic: 0 } as const;

export const LINES: Readonly<Record<Operation, Lines>> = {
  add: { ...OFF, select: 'sum' },
  sub: { ...OFF, invert: 1, select: 'sum' },
  slt: { ...OFF, invert: 1, select: 'less' },
  sltu: { ...OFF, invert: 1, unsigned: 1, select: 'less' },
  and: { ...OFF, select: 'and' },
  andn: { ...OFF, invert: 1, select: 'and' },
  or: { ...OFF, select: 'or' },
  xor: { ...OFF, select: 'xor' },
  sll: { ...OFF, select: 'shift' },
  srl: { ...OFF, right: 1, select: 'shift' },
  sra: { ...OFF, right: 1, arithmetic: 1, select: 'shift' },
};

/** Wires that are driven from outside, and those that leave. */
type Ports = {
  readonly zero: number;
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly invert: number;
  readonly unsigned: number;
  readonly right: number;
  readonly arithmetic: number;
  readonly select: readonly number[];
};

type Outputs = {
  readonly result: readonly number[];
  readonly equal: number;
  readonly less: number;
  readonly lessUnsigned: number;
};

const bits = Array.from({ length: WIDTH }, (_, bit) => bit);
const at = (wires: readonly number[], bit: number): number => wires[bit] as number;

type Adder = Record<'propagate' | 'generate' | 'sum', number[]> & { readonly carryOut: number };

/** Full adders in a row: each waits for the carry of the one before. */
function ripple(net: Netlist, { a, b, invert }: Ports): Adder {
  const propagate: number[] = [];
  const generate: number[] = [];
  const sum: number[] = [];
  let carry = invert;
  for (const bit of bits) {
    const place = (role: string) => ({ stage: 'adder', role, bit });
    const second = add(net, 'xor', [at(b, bit), invert], place('invert'));
    const p = add(net, 'xor', [at(a, bit), second], place('propagate'));
    const g = add(net, 'and', [at(a, bit), second], place('generate'));
    propagate.push(p);
    generate.push(g);
    sum.push(add(net, 'xor', [p, carry], place('sum')));
    const passed = add(net, 'and', [p, carry], place('pass'));
    carry = add(net, 'or', [g, passed], place('carry'));
  }
  return { propagate, generate, sum, carryOut: carry };
}

/** Below: no carry out of a - b (unsigned); the sign of a when signs differ (signed). */
function comparator(
  net: Netlist,
  ports: Ports,
  adder: Adder,
): Omit<Outputs, 'result'> & { lessBit: number } {
  const place = (role: string, bit = 0) => ({ stage: 'comparator', role, bit });
  const lessUnsigned = add(net, 'not', [adder.carryOut], place('borrow'));
  // With b inverted, propagate of the sign slice is 1 where the signs agree.
  const signs = [at(adder.propagate, 31), at(ports.a, 31), at(adder.sum, 31)];
  const less = add(net, 'mux', signs, place('signed'));
  const lessBit = add(net, 'mux', [ports.unsigned, less, lessUnsigned], place('less'));
  let any = at(adder.sum, 0);
  for (const bit of bits.slice(1)) {
    any = add(net, 'or', [any, at(adder.sum, bit)], place('any', bit));
  }
  const equal = add(net, 'not', [any], place('zero'));
  return { equal, less, lessUnsigned, lessBit };
}

function shifter(net: Netlist, { a, b, right, arithmetic }: Ports): number[] {
  const fill = add(net, 'and', [arithmetic, at(a, 31)], {
    stage: 'shifter',
    role: 'fill',
    bit: 31,
  });
  const turn = (word: readonly number[], role: string): number[] =>
    bits.map((bit) =>
      add(net, 'mux', [right, at(word, 31 - bit), at(word, bit)], { stage: 'shifter', role, bit }),
    );
  let word = turn(a, 'reverseIn');
  for (let level = 0; level < 5; level++) {
    const by = 1 << level;
    const before = word;
    word = bits.map((bit) => {
      const moved = bit + by < WIDTH ? at(before, bit + by) : fill;
      const place = { stage: 'shifter', role: `by${by}`, bit };
      return add(net, 'mux', [at(b, level), at(before, bit), moved], place);
    });
  }
  return turn(word, 'reverseOut');
}

function build(net: Netlist, ports: Ports): Outputs {
  const adder = ripple(net, ports);
  const { lessBit, ...flags } = comparator(net, ports, adder);
  const shifted = shifter(net, ports);
  const [s0, s1, s2] = ports.select as [number, number, number];
  const result = bits.map((bit) => {
    const place = (role: string) => ({ stage: 'output', role, bit });
    const or = add(net, 'or', [at(ports.a, bit), at(ports.b, bit)], place('or'));
    const less = bit === 0 ? lessBit : ports.zero;
    const low = add(net, 'mux', [s0, at(adder.sum, bit), at(adder.generate, bit)], place('sumAnd'));
    const high = add(net, 'mux', [s0, or, at(adder.propagate, bit)], place('orXor'));
    const half = add(net, 'mux', [s1, low, high], place('adderLogic'));
    const rest = add(net, 'mux', [s0, at(shifted, bit), less], place('shiftLess'));
    return add(net, 'mux', [s2, half, rest], place('result'));
  });
  return { result, ...flags };
}

const net: Netlist = { wires: 0, gates: [] };
const one = (): number => inputs(net, 1)[0] as number;
const ports: Ports = {
  zero: one(),
  a: inputs(net, WIDTH),
  b: inputs(net, WIDTH),
  invert: one(),
  unsigned: one(),
  right: one(),
  arithmetic: one(),
  select: inputs(net, 3),
};
const outputs = build(net, ports);

/** The circuit: its gates in order, its ports, and each gate's wire by stage, role and bit. */
export const ALU: Readonly<{
  net: Readonly<Netlist>;
  ports: Ports;
  outputs: Outputs;
  index: Index;
}> = {
  net,
  ports,
  outputs,
  index: indexOf(net),
};

export type Settled = {
  readonly result: number;
  /** Of a - b; they mean something when the operation subtracts (sub, slt, sltu). */
  readonly flags: Flags;
  /** A 0 or 1 for every wire; `ALU.index` tells which is which. */
  readonly wires: Uint8Array;
};

/** Every gate of the unit, evaluated for one operation. */
export function evaluateGates(operation: Operation, a: number, b: number): Settled {
  const wires = new Uint8Array(net.wires);
  const lines = LINES[operation];
  for (const bit of bits) {
    wires[at(ports.a, bit)] = (a >>> bit) & 1;
    wires[at(ports.b, bit)] = (b >>> bit) & 1;
  }
  wires[ports.invert] = lines.invert;
  wires[ports.unsigned] = lines.unsigned;
  wires[ports.right] = lines.right;
  wires[ports.arithmetic] = lines.arithmetic;
  ports.select.forEach((wire, bit) => (wires[wire] = (SELECT[lines.select] >>> bit) & 1));
  settle(net, wires);
  const on = (wire: number): boolean => wires[wire] === 1;
  let result = 0;
  for (const bit of bits) result |= (wires[at(outputs.result, bit)] as number) << bit;
  return {
    result: result >>> 0,
    flags: {
      equal: on(outputs.equal),
      less: on(outputs.less),
      lessUnsigned: on(outputs.lessUnsigned),
    },
    wires,
  };
}
