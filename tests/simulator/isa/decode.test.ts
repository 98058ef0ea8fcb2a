/** Rows of the table against the encodings that the manual lists, and decode against encode. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, octetsOf } from '../../../simulator/isa/rv32/decode';
import type { Operands } from '../../../simulator/isa/rv32/operands';
import { encode } from '../../../simulator/isa/rv32/encode';
import { FORMATS } from '../../../simulator/isa/rv32/formats';
import { TABLE, type Row } from '../../../simulator/isa/rv32/table';

const NOTHING: Operands = { rd: 0, rs1: 0, rs2: 0, imm: 0, csr: 0, zimm: 0 };

/** Words as GNU as 2.44 writes them. */
const KNOWN: readonly [number, string, Partial<Operands>][] = [
  [0x12345537, 'lui', { rd: 10, imm: 0x12345000 }],
  [0xfffff097, 'auipc', { rd: 1, imm: -4096 }],
  [0x0000006f, 'jal', { rd: 0, imm: 0 }],
  [0xffdff0ef, 'jal', { rd: 1, imm: -4 }],
  [0x7ffff0ef, 'jal', { rd: 1, imm: 0xffffe }],
  [0x00008067, 'jalr', { rd: 0, rs1: 1, imm: 0 }],
  [0xfe000ee3, 'beq', { rs1: 0, rs2: 0, imm: -4 }],
  [0x7eb50fe3, 'beq', { rs1: 10, rs2: 11, imm: 4094 }],
  [0x80b51063, 'bne', { rs1: 10, rs2: 11, imm: -4096 }],
  [0xffc12503, 'lw', { rd: 10, rs1: 2, imm: -4 }],
  [0xfea12e23, 'sw', { rs1: 2, rs2: 10, imm: -4 }],
  [0x7ea12fa3, 'sw', { rs1: 2, rs2: 10, imm: 2047 }],
  [0x00000013, 'addi', { rd: 0, rs1: 0, imm: 0 }],
  [0x01f51513, 'slli', { rd: 10, rs1: 10, imm: 31 }],
  [0x41f55513, 'srai', { rd: 10, rs1: 10, imm: 31 }],
  [0x40b50533, 'sub', { rd: 10, rs1: 10, rs2: 11 }],
  [0x0ff0000f, 'fence', { imm: 0xff }],
  [0x8330000f, 'fence', { imm: 0x833 }],
  [0x0000100f, 'fence.i', {}],
  [0x00000073, 'ecall', {}],
  [0x00100073, 'ebreak', {}],
  [0x30200073, 'mret', {}],
  [0x10200073, 'sret', {}],
  [0x10500073, 'wfi', {}],
  [0x34011573, 'csrrw', { rd: 10, rs1: 2, csr: 0x340 }],
  [0x30047073, 'csrrci', { rd: 0, zimm: 8, csr: 0x300 }],
  [0x02b50533, 'mul', { rd: 10, rs1: 10, rs2: 11 }],
  [0x02b57533, 'remu', { rd: 10, rs1: 10, rs2: 11 }],
  [0x1605a52f, 'lr.w', { rd: 10, rs1: 11, imm: 3 }],
  [0x1ac5a52f, 'sc.w', { rd: 10, rs1: 11, rs2: 12, imm: 1 }],
  [0x00b6252f, 'amoadd.w', { rd: 10, rs1: 12, rs2: 11 }],
  [0x12b50073, 'sfence.vma', { rs1: 10, rs2: 11 }],
];

describe('decode', () => {
  test.each(KNOWN)('%i is %s', (word, name, operands) => {
    const decoded = decode(word);
    expect(decoded?.row.name).toBe(name);
    expect(decoded).toEqual({ ...NOTHING, ...operands, row: decoded?.row, short: null });
    expect(decode(word | 0)).toEqual(decoded);
  });

  test.each(KNOWN)('%i is encoded from its operands', (word, name, operands) => {
    const row = TABLE.find((entry) => entry.name === name) as Row;
    expect(encode(row, operands)).toBe(word);
  });

  test.each([
    [0x00000000, 'all zeros'],
    [0xffffffff, 'all ones'],
    [0x00008000, 'a reserved 16-bit instruction'],
    [0x02051513, 'slli with a shift of 32'],
    [0x40051513, 'slli with the funct7 of srai'],
    [0x21f55513, 'srai with a wrong funct7'],
    [0x04b50533, 'funct7 of no extension'],
    [0x40b51533, 'sll with the funct7 of sub'],
    [0x000000f3, 'ecall with a register'],
    [0x00008073, 'ecall with a source'],
    [0x00200073, 'an unnamed system instruction'],
    [0x30204073, 'system with funct3 4'],
    [0x00052063, 'branch with funct3 2'],
    [0x00053503, 'ld, of RV64'],
    [0x00b53023, 'sd, of RV64'],
    [0x00051067, 'jalr with funct3 1'],
    [0x0000200f, 'fence with funct3 2'],
  ])('%i, %s, is refused', (word) => {
    expect(decode(word)).toBeNull();
  });

  test('reserved fields of the fences are ignored, as §2.7 asks', () => {
    expect(decode(0x0ff5050f)?.row.name).toBe('fence');
    expect(decode(0xfff5150f)?.row.name).toBe('fence.i');
  });
});

describe('the table', () => {
  test('no word belongs to two rows', () => {
    for (const a of TABLE) {
      for (const b of TABLE) {
        const shared = a.mask & b.mask;
        expect(a !== b && (a.match & shared) === (b.match & shared)).toBe(false);
      }
    }
  });

  test('the slots find what a search through all rows finds', () => {
    const byRow = fc
      .tuple(fc.integer(), fc.constantFrom(...TABLE))
      .map(([noise, row]) => (noise & ~row.mask) | row.match);
    fc.assert(
      fc.property(fc.oneof(fc.integer(), byRow), (word) => {
        const slow = TABLE.find((row) => (word & row.mask) === row.match);
        if (octetsOf(word) === 4) expect(decode(word)?.row).toBe(slow);
        else expect(slow).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  test.each(TABLE.map((row): [string, Row] => [row.name, row]))(
    '%s: encode undoes decode',
    (_, row) => {
      fc.assert(
        fc.property(fc.integer(), (noise) => {
          // The fences' other fields are ignored, so they are not written back.
          const free = row.name === 'fence' ? 0xfff0_0000 : row.name === 'fence.i' ? 0 : ~row.mask;
          const word = (noise & free) | row.match;
          const decoded = decode(word);
          expect(decoded?.row).toBe(row);
          if (decoded !== null) expect(encode(row, decoded)).toBe(word >>> 0);
        }),
      );
    },
  );

  test.each(['R', 'I', 'S', 'B', 'U', 'J', 'shift', 'fence', 'reserve', 'atomic'] as const)(
    'the immediate of %s is read as it was placed',
    (format) => {
      fc.assert(
        fc.property(fc.integer(), (word) => {
          const { read, place } = FORMATS[format];
          expect(read(place(read(word)))).toBe(read(word));
        }),
      );
    },
  );
});
