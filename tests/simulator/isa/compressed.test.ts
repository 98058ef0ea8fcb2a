/**
 * The 16-bit instructions: every half-word against objdump (its answer is kept as a digest for
 * machines without it), and the table forwards and backwards.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  COMPRESSED,
  compress,
  compressedNamed,
  decodeCompressed,
  encodeCompressed,
} from '../../../simulator/isa/rv32/compressed';
import { decode, octetsOf } from '../../../simulator/isa/rv32/decode';
import { disassemble } from '../../../simulator/isa/rv32/disassemble';
import * as gnu from './gnu';

/** All half-words that are not the start of a longer instruction. */
const HALVES = Array.from({ length: 0x1_0000 }, (_, half) => half).filter(
  (half) => octetsOf(half) === 2,
);

const KEPT = new URL('compressed.sha256', import.meta.url);

/** What we say of every half-word, each at its own address; `-` where it is no instruction. */
function ours(): readonly string[] {
  return HALVES.map((half, index) => {
    const found = decodeCompressed(half);
    if (found === null) return '-';
    return normal(disassemble(half, { pseudo: false, address: index * 2 }));
  });
}

/** One spelling for both: decimal numbers, commas between all words. */
function normal(text: string): string {
  return text
    .trim()
    .replace(/ *[<#].*$/, '')
    .replaceAll(/[,\s]+/g, ',')
    .replaceAll(/\b0x[0-9a-f]+/g, (digits) => String(Number(digits)));
}

const digest = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex');

/** Floating point belongs to F and D, which are not here; `.2byte` is objdump's for unknown. */
function theirs(text: string): string {
  const plain = text.trim();
  if (/^(\.2byte|\.short|0x|c\.f|c\.unimp|unimp)/.test(plain)) return '-';
  const jump = /^(c\.j|c\.jal|c\.beqz|c\.bnez)\s/.test(plain);
  const target = jump ? plain.replace(/\b([0-9a-f]+)( <.*)?$/, '0x$1') : plain;
  return normal(target)
    .replace(/^c\.(s[lr][la]i)64,(.*)$/, 'c.$1,$2,0') // Its name on a machine of 128 bits.
    .replace(/^c\.addi,zero,0$/, 'c.nop')
    .replace(/^c\.addi16sp,sp,0$/, '-') // Reserved (§26.5), and yet objdump names it.
    .replace(/^c\.s[lr][la]i,\w+,(3[2-9]|[4-6]\d)$/, '-'); // For RV64; on RV32 reserved (§26.5).
}

function objdump(): readonly string[] {
  return gnu.withFolder((folder) => {
    const raw = `${folder}/a.bin`;
    writeFileSync(raw, new Uint8Array(Uint16Array.from(HALVES).buffer));
    const flags = ['-D', '-b', 'binary', '-m', 'riscv:rv32', '-M', 'no-aliases', '-z'];
    const text = gnu.run('objdump', [...flags, raw]);
    return [...text.matchAll(/^ *[0-9a-f]+:\t[0-9a-f]{4} +\t(.*)$/gm)].map(([, line = '']) =>
      theirs(line),
    );
  });
}

describe('every half-word', () => {
  test('is what objdump says, by the digest that was kept', () => {
    if (process.env['RECORD_CORPUS'] === '1') writeFileSync(KEPT, `${digest(objdump())}\n`);
    expect(digest(ours())).toBe(readFileSync(KEPT, 'utf8').trim());
  });

  test.runIf(gnu.isInstalled)('is what objdump says', () => {
    const other = objdump();
    expect(other).toHaveLength(HALVES.length);
    const mine = ours();
    const odd = HALVES.flatMap((half, index) =>
      mine[index] === other[index] ? [] : [[half.toString(16), mine[index], other[index]]],
    );
    expect(odd.slice(0, 60)).toEqual([]);
  });

  test('that is an instruction is made again from its operands', () => {
    for (const half of HALVES) {
      const found = decodeCompressed(half);
      if (found === null) continue;
      expect(encodeCompressed(found.short, found.operands)).toBe(half);
      expect(compress(found.short, found.operands)).toBe(half);
    }
  });

  test('is decoded from the low half of a word alone', () => {
    for (const half of HALVES.filter((_, index) => index % 97 === 0)) {
      expect(decode(half | 0x7fff_0000)).toEqual(decode(half));
      expect(decode(half)?.short ?? null).toBe(decodeCompressed(half)?.short ?? null);
    }
  });
});

test('a name finds its row', () => {
  for (const row of COMPRESSED) expect(compressedNamed(row.name)).toBe(row);
  expect(compressedNamed('c.fly')).toBeUndefined();
});

test('operands that do not fit 16 bits are not compressed', () => {
  const addi = compressedNamed('c.addi')!;
  const operands = { rd: 10, rs1: 10, rs2: 0, imm: 31, csr: 0, zimm: 0 };
  expect(compress(addi, operands)).toBeGreaterThan(0);
  expect(compress(addi, { ...operands, imm: 32 })).toBe(-1);
  expect(compress(addi, { ...operands, rs1: 11 })).toBe(-1);
});
