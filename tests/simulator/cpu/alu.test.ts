/** The ALU three times: native words, gates, and BigInt arithmetic. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, OPERATIONS, type Operation } from '../../../simulator/cpu/alu';
import { ALU, evaluateGates, LINES } from '../../../simulator/cpu/gates/alu';

const SIZE = 1n << 32n;
const signed = (n: bigint): bigint => (n < SIZE / 2n ? n : n - SIZE);

const TWIN: Record<Operation, (a: bigint, b: bigint) => bigint> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  sll: (a, b) => a * 2n ** (b % 32n),
  slt: (a, b) => (signed(a) < signed(b) ? 1n : 0n),
  sltu: (a, b) => (a < b ? 1n : 0n),
  xor: (a, b) => (a | b) - (a & b),
  srl: (a, b) => a / 2n ** (b % 32n),
  sra: (a, b) => signed(a) >> (b % 32n),
  or: (a, b) => a + b - (a & b),
  and: (a, b) => a & b,
  andn: (a, b) => a - (a & b),
};

const wrap = (n: bigint): number => Number(((n % SIZE) + SIZE) % SIZE);
const word = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 1, 31, 32, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff),
);
const names = Object.keys(OPERATIONS) as Operation[];

describe('operations', () => {
  test.each(names)('%s: native, gates and BigInt agree', (name) => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const expected = wrap(TWIN[name](BigInt(a), BigInt(b)));
        expect(OPERATIONS[name](a, b)).toBe(expected);
        expect(evaluateGates(name, a, b).result).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('flags of a difference are the comparison', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const expected = {
          equal: BigInt(a) === BigInt(b),
          less: signed(BigInt(a)) < signed(BigInt(b)),
          lessUnsigned: BigInt(a) < BigInt(b),
        };
        expect(compare(a, b)).toEqual(expected);
        for (const name of ['sub', 'slt', 'sltu'] as const) {
          expect(evaluateGates(name, a, b).flags).toEqual(expected);
        }
      }),
    );
  });
});

describe('the netlist', () => {
  test('every gate reads wires that are driven before it', () => {
    const driven = new Set([ALU.ports.zero, ...ALU.ports.a, ...ALU.ports.b, ...ALU.ports.select]);
    const { invert, unsigned, right, arithmetic } = ALU.ports;
    for (const wire of [invert, unsigned, right, arithmetic]) driven.add(wire);
    for (const { kind, inputs, output } of ALU.net.gates) {
      expect(inputs).toHaveLength({ not: 1, and: 2, or: 2, xor: 2, mux: 3 }[kind]);
      for (const wire of inputs) expect(driven).toContain(wire);
      expect(driven).not.toContain(output);
      driven.add(output);
    }
    expect(driven.size).toBe(ALU.net.wires);
  });

  test('the carries of 0xffffffff + 1 run through all 32 slices', () => {
    const { wires } = evaluateGates('add', 0xffff_ffff, 1);
    const carries = ALU.index['adder']!['carry']!;
    expect(carries.map((wire) => wires[wire])).toEqual(new Array(32).fill(1));
  });

  test('every stage has its 32 slices', () => {
    expect(Object.keys(ALU.index)).toEqual(['adder', 'comparator', 'shifter', 'output']);
    for (const role of ['invert', 'propagate', 'generate', 'sum', 'pass', 'carry']) {
      expect(ALU.index['adder']![role]).toHaveLength(32);
    }
    for (const role of ['reverseIn', 'by1', 'by2', 'by4', 'by8', 'by16', 'reverseOut']) {
      expect(ALU.index['shifter']![role]).toHaveLength(32);
    }
  });

  test('every operation has its control lines', () => {
    expect(Object.keys(LINES).sort()).toEqual(names.sort());
  });
});
