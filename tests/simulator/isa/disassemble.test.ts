/** Disassembler and sentences: what they say, and that the assembler reads it back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../simulator/isa/assembler/assemble';
import { decode } from '../../../simulator/isa/rv32/decode';
import { disassemble } from '../../../simulator/isa/rv32/disassemble';
import { ALL_EXTENSIONS } from '../../../simulator/isa/rv32/extensions';
import { encode } from '../../../simulator/isa/rv32/encode';
import { explain } from '../../../simulator/isa/rv32/explain';
import { TABLE, type Row } from '../../../simulator/isa/rv32/table';
import { symbolLookup } from '../../../simulator/isa/symbolAt';

const BASE = 0x80000000;
/** Nothing is written in 16 bits. */
const WORDS = new Set([...ALL_EXTENSIONS].filter((one) => one !== 'C'));

function wordOf(text: string, base = BASE): number {
  const assembled = assemble(text, { bases: { '.text': base }, extensions: WORDS });
  if (!assembled.ok) throw new Error(`${text}: ${JSON.stringify(assembled.errors)}`);
  const { octets } = assembled.image.segments[0]!;
  expect(octets).toHaveLength(4);
  return new DataView(octets.buffer).getUint32(0, true);
}

describe('text', () => {
  test.each<[number, string, string]>([
    [0x00000013, 'nop', 'addi zero, zero, 0'],
    [0x00500513, 'li a0, 5', 'addi a0, zero, 5'],
    [0x00058513, 'mv a0, a1', 'addi a0, a1, 0'],
    [0xfff5c513, 'not a0, a1', 'xori a0, a1, -1'],
    [0x40b00533, 'neg a0, a1', 'sub a0, zero, a1'],
    [0x00008067, 'ret', 'jalr zero, 0(ra)'],
    [0x00050067, 'jr a0', 'jalr zero, 0(a0)'],
    [0x000500e7, 'jalr a0', 'jalr ra, 0(a0)'],
    [0x004500e7, 'jalr 4(a0)', 'jalr ra, 4(a0)'],
    [0x0080006f, 'j . + 8', 'jal zero, . + 8'],
    [0xff9ff0ef, 'jal . - 8', 'jal ra, . - 8'],
    [0x00050463, 'beqz a0, . + 8', 'beq a0, zero, . + 8'],
    [0xfea05ce3, 'blez a0, . - 8', 'bge zero, a0, . - 8'],
    [0xf1402573, 'csrr a0, mhartid', 'csrrs a0, mhartid, zero'],
    [0x30047073, 'csrci mstatus, 8', 'csrrci zero, mstatus, 8'],
    [0xc0102573, 'rdtime a0', 'csrrs a0, time, zero'],
    [0x0ff0000f, 'fence', 'fence iorw, iorw'],
    [0x0230000f, 'fence r, rw', 'fence r, rw'],
    [0x8330000f, 'fence.tso', 'fence.tso'],
    [0x00000000, '.half 0x0000', '.half 0x0000'],
    [0xffffffff, '.word 0xffffffff', '.word 0xffffffff'],
    [0x0ff5050f, '.word 0x0ff5050f', '.word 0x0ff5050f'],
  ])('%i is %s', (word, short, long) => {
    expect(disassemble(word)).toBe(short);
    expect(disassemble(word, { pseudo: false })).toBe(long);
  });

  test('targets are absolute with an address, and named with symbols', () => {
    expect(disassemble(0xff9ff0ef, { address: 0x1000 })).toBe('jal 0x00000ff8');
    const source = 'start: nop\nmain: nop\nnop\nj main\nj . - 4\nj start - 4\n';
    const assembled = assemble(source, { extensions: WORDS });
    if (!assembled.ok) throw new Error('does not assemble');
    const symbolAt = symbolLookup(assembled.image);
    const { octets, address } = assembled.image.segments[0]!;
    const view = new DataView(octets.buffer);
    const texts = [12, 16, 20].map((at) =>
      disassemble(view.getUint32(at, true), { address: address + at, symbolAt }),
    );
    expect(texts).toEqual(['j main', 'j main+0x8', 'j 0x7ffffffc']);
  });
});

/** A branch to a bare number is not always one word: those go to `. + 8`. */
function placed(word: number, isPlaced: boolean): { address?: number } {
  return isPlaced && decode(word)?.row.class !== 'branch' ? { address: BASE } : {};
}

describe('assembled again, the text is the same word', () => {
  const manner = fc.record({ pseudo: fc.boolean(), isPlaced: fc.boolean() });

  test.each(TABLE.map((row): [string, Row] => [row.name, row]))('%s', (_, row) => {
    const noise = fc.oneof(fc.integer(), fc.constantFrom(0, -1, 0x00008000, 0x0fff0000));
    fc.assert(
      fc.property(noise, manner, (bits, { pseudo, isPlaced }) => {
        const word = ((bits & ~row.mask) | row.match) >>> 0;
        const text = disassemble(word, { pseudo, ...placed(word, isPlaced) });
        expect(wordOf(text)).toBe(word);
      }),
      { numRuns: 60 },
    );
  });

  test('any word', () => {
    fc.assert(
      fc.property(fc.integer(), manner, (bits, { pseudo, isPlaced }) => {
        const word = bits | 3;
        const text = disassemble(word, { pseudo, ...placed(word, isPlaced) });
        expect(wordOf(text)).toBe(word >>> 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a sentence', () => {
  test.each<[string, string]>([
    ['nop', 'Does nothing.'],
    ['li a0, 5', 'Puts 5 into a0.'],
    ['mv a0, a1', 'Copies a1 into a0.'],
    ['addi sp, sp, -16', 'Adds -16 to sp and puts the sum into sp.'],
    ['lw a0, -4(sp)', 'Loads the 4 octets at the address in sp minus 4 into a0.'],
    ['sb a0, 1(a1)', 'Stores the lowest octet of a0 at the address in a1 plus 1.'],
    ['ret', 'Returns to the caller: jumps to the address in ra.'],
    ['csrw mtvec, a0', 'Puts a0 into mtvec.'],
    ['csrr a0, mcause', 'Puts the value of mcause into a0.'],
    ['j 0x80000010', 'Jumps to 0x80000010.'],
    [
      'beq a0, a1, . + 8',
      'If a0 equals a1, go on at 0x80000008; if not, with the next instruction.',
    ],
    [
      'add zero, a0, a1',
      'Adds a0 and a1 and puts the sum into zero. Register zero stays 0, so that result is lost.',
    ],
    ['ecall', 'Asks the system for a service: traps to the handler.'],
  ])('%s: %s', (text, sentence) => {
    expect(explain(decode(wordOf(text))!, { address: BASE })).toBe(sentence);
  });

  test('without an address a target is a distance', () => {
    expect(explain(decode(wordOf('j . - 0'))!)).toBe('Jumps to this same instruction.');
    expect(explain(decode(wordOf('j . + 8'))!)).toBe(
      'Jumps to the instruction 8 octets further on.',
    );
  });

  test.each(TABLE.map((row): [string, Row] => [row.name, row]))(
    '%s has one, filled in',
    (_, row) => {
      const operands = { rd: 10, rs1: 11, rs2: 12, imm: 0x1000, csr: 0x300, zimm: 3 };
      const sentence = explain(decode(encode(row, operands))!);
      expect(sentence).toMatch(/^[A-Z][^{}]*\.$/);
      expect(sentence).not.toContain('Executes');
    },
  );
});
