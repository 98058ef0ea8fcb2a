/**
 * The assembler and the loader against GNU as and ld: octets kept beside the sources
 * (`*.hex`, recorded with binutils 2.40), and the tools themselves where they are installed.
 * `RECORD_CORPUS=1` writes the kept octets anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../simulator/isa/assembler/assemble';
import { parseElf } from '../../../simulator/isa/elf/read';
import { writeElf } from '../../../simulator/isa/elf/write';
import type { Image } from '../../../simulator/isa/image';
import { instructionsOf } from '../../../simulator/isa/instructions';
import { parseMarch } from '../../../simulator/isa/rv32/extensions';
import { disassemble } from '../../../simulator/isa/rv32/disassemble';
import { symbolLookup } from '../../../simulator/isa/symbolAt';
import * as gnu from './gnu';

const FOLDER = new URL('corpus/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.s'))
  .map((name) => name.slice(0, -2));

const sourceOf = (name: string): string => readFileSync(new URL(`${name}.s`, FOLDER), 'utf8');

/** One line of at most 32 octets after another, under the name and address of each section. */
function format(memory: gnu.Memory): string {
  return memory
    .map(({ name, address, octets }) => {
      const rows = octets.startsWith('zeros') ? [octets] : (octets.match(/.{1,64}/g) ?? []);
      return `${name} ${address.toString(16)}\n${rows.join('\n')}\n`;
    })
    .join('');
}

function memoryOf({ segments }: Image): gnu.Memory {
  return segments.map(({ name, address, octets }) => {
    const isBss = name === '.bss';
    const text = isBss ? `zeros ${octets.length}` : Buffer.from(octets).toString('hex');
    return { name, address, octets: text };
  });
}

/** What is assembled for, and how its kept octets are called. */
const MACHINES: readonly (readonly [suffix: string, march: gnu.March])[] = [
  ['hex', 'rv32ima_zicsr_zifencei'],
  ['rvc.hex', 'rv32imac_zicsr_zifencei'],
];

const CASES = names.flatMap((name) =>
  MACHINES.map(([suffix, march]): [string, string, gnu.March] => [name, suffix, march]),
);

function imageOf(source: string, march: gnu.March): Image {
  const parsed = parseMarch(march);
  if (!parsed.ok) throw new Error(parsed.message);
  const assembled = assemble(source, { extensions: parsed.extensions });
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.errors));
  return assembled.image;
}

/** A 16-bit instruction among long ones. */
const shortly = (line: string): string => `.option rvc; ${line}; .option norvc`;

/** One spelling for both disassemblers: objdump writes targets as bare hexadecimal, then a label. */
function decimal(text: string): string {
  return (
    text
      .trim()
      .replace(/ *[<#].*$/, '')
      // objdump has no plain spelling of this one.
      .replace(/^unimp$/, 'csrrw zero, cycle, zero')
      .replace(/^\.4byte/, '.word')
      .replace(/^c.unimp$/, '.half 0')
      .replace(/^c.addi\s+zero,0$/, 'c.nop')
      .replaceAll(/[,\s]+/g, ',')
      .replaceAll(/\b(0x[0-9a-f]+|[0-9a-f]{8})\b/g, (digits) => String(parseInt(digits, 16)))
  );
}

if (process.env['RECORD_CORPUS'] === '1') {
  for (const [name, suffix, march] of CASES) {
    const memory = gnu.sections(gnu.link(sourceOf(name), march));
    writeFileSync(new URL(`${name}.${suffix}`, FOLDER), format(memory));
  }
}

describe.each(CASES)('%s.s, %s', (name, suffix, march) => {
  test('assembles to the octets of GNU as', () => {
    const kept = readFileSync(new URL(`${name}.${suffix}`, FOLDER), 'utf8');
    expect(format(memoryOf(imageOf(sourceOf(name), march)))).toBe(kept);
  });

  test('disassembled and assembled again, its code is the same', () => {
    const image = imageOf(sourceOf(name), march);
    const text = image.segments.find((segment) => segment.name === '.text')!;
    for (const pseudo of [true, false]) {
      // To a bare number a branch is as long as it can be, in GNU as too: `.` stands for it.
      const lines = instructionsOf(text).map(({ word }) => disassemble(word, { pseudo }));
      // Each is written as long as it was.
      const again = imageOf(
        `.option norvc\n${lines.join('\n')}`.replaceAll(/^c\..*$/gm, shortly),
        march,
      );
      expect(again.segments[0]?.octets).toEqual(text.octets);
    }
  });
});

const MISSING = 'GNU as is not installed: only the kept octets are compared';

test(gnu.isInstalled ? 'GNU as is installed, and compared with' : MISSING, () => {
  expect(names.length).toBeGreaterThan(0);
});

describe.runIf(gnu.isInstalled).each(CASES)(
  '%s.s, %s, with the tools of GNU',
  (name, suffix, march) => {
    test('GNU as makes the kept octets', () => {
      const kept = readFileSync(new URL(`${name}.${suffix}`, FOLDER), 'utf8');
      expect(format(gnu.sections(gnu.link(sourceOf(name), march)))).toBe(kept);
    });

    test('the program that GNU ld writes is loaded with the same memory and symbols', () => {
      const parsed = parseElf(gnu.link(sourceOf(name), march));
      if (!parsed.ok) throw new Error(parsed.error);
      const ours = imageOf(sourceOf(name), march);
      expect(parsed.image.entry).toBe(ours.entry);
      for (const segment of ours.segments) {
        const theirs = parsed.image.segments.find(({ address, octets }) => {
          return address <= segment.address && segment.address < address + octets.length;
        })!;
        const from = segment.address - theirs.address;
        expect(theirs.octets.slice(from, from + segment.octets.length)).toEqual(segment.octets);
      }
      const places = new Map(parsed.image.symbols.map((one) => [one.name, one.address]));
      for (const symbol of ours.symbols)
        expect([symbol, places.get(symbol.name)]).toEqual([symbol, symbol.address]);
    });

    test('readelf and objdump read the program that we write', () => {
      const image = imageOf(sourceOf(name), march);
      const program = writeElf(image);
      expect(format(gnu.sections(program))).toBe(format(memoryOf(image)));
      const [read, code] = gnu.withFolder((folder) => {
        const file = `${folder}/a.elf`;
        writeFileSync(file, program);
        const flags = ['-d', '-M', 'no-aliases', '--no-show-raw-insn', '-j', '.text', '-z', file];
        return [gnu.run('readelf', ['-a', '-W', file]), gnu.run('objdump', flags)];
      });
      expect(read).not.toMatch(/warning|error/i);
      for (const symbol of image.symbols) expect(read).toContain(` ${symbol.name}\n`);
      const lookup = symbolLookup(image);
      const text = image.segments.find((segment) => segment.name === '.text')!;
      const words = new Map(instructionsOf(text).map(({ address, word }) => [address, word]));
      for (const [, place = '', theirs = ''] of code.matchAll(/^ *([0-9a-f]{8}):\s+(.*)$/gm)) {
        const address = parseInt(place, 16);
        const word = words.get(address) ?? 0;
        const plain = disassemble(word, { pseudo: false, address });
        expect(decimal(plain)).toBe(decimal(theirs));
        const label = /<(.*)>/.exec(theirs)?.[1];
        if (label !== undefined && /^(b|jal\s)/.test(theirs)) {
          const named = disassemble(word, { pseudo: false, address, symbolAt: lookup });
          expect(named.split(/[ ,]+/).at(-1)).toBe(label);
        }
      }
    });
  },
);
