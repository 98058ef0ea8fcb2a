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

function imageOf(source: string): Image {
  const assembled = assemble(source);
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.errors));
  return assembled.image;
}

/** One spelling for both disassemblers: objdump writes targets as bare hexadecimal, then a label. */
function decimal(text: string): string {
  return (
    text
      .trim()
      .replace(/ *[<#].*$/, '')
      // objdump has no plain spelling of this one.
      .replace(/^unimp$/, 'csrrw zero, cycle, zero')
      .replaceAll(/[,\s]+/g, ',')
      .replaceAll(/\b(0x[0-9a-f]+|[0-9a-f]{8})\b/g, (digits) => String(parseInt(digits, 16)))
  );
}

if (process.env['RECORD_CORPUS'] === '1') {
  for (const name of names) {
    const memory = gnu.sections(gnu.link(sourceOf(name)));
    writeFileSync(new URL(`${name}.hex`, FOLDER), format(memory));
  }
}

describe.each(names)('%s.s', (name) => {
  test('assembles to the octets of GNU as', () => {
    const kept = readFileSync(new URL(`${name}.hex`, FOLDER), 'utf8');
    expect(format(memoryOf(imageOf(sourceOf(name))))).toBe(kept);
  });

  test('disassembled and assembled again, its code is the same', () => {
    const image = imageOf(sourceOf(name));
    const text = image.segments.find((segment) => segment.name === '.text')!;
    const view = new DataView(text.octets.buffer);
    for (const pseudo of [true, false]) {
      const lines: string[] = [];
      for (let at = 0; at < text.octets.length; at += 4) {
        const address = text.address + at;
        lines.push(disassemble(view.getUint32(at, true), { pseudo, address }));
      }
      expect(imageOf(lines.join('\n')).segments[0]?.octets).toEqual(text.octets);
    }
  });
});

const MISSING = 'GNU as is not installed: only the kept octets are compared';

test(gnu.isInstalled ? 'GNU as is installed, and compared with' : MISSING, () => {
  expect(names.length).toBeGreaterThan(0);
});

describe.runIf(gnu.isInstalled).each(names)('%s.s with the tools of GNU', (name) => {
  test('GNU as makes the kept octets', () => {
    const kept = readFileSync(new URL(`${name}.hex`, FOLDER), 'utf8');
    expect(format(gnu.sections(gnu.link(sourceOf(name))))).toBe(kept);
  });

  test('the program that GNU ld writes is loaded with the same memory and symbols', () => {
    const parsed = parseElf(gnu.link(sourceOf(name)));
    if (!parsed.ok) throw new Error(parsed.error);
    const ours = imageOf(sourceOf(name));
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
    const image = imageOf(sourceOf(name));
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
    const view = new DataView(text.octets.buffer);
    for (const [, place = '', theirs = ''] of code.matchAll(/^ *([0-9a-f]{8}):\s+(.*)$/gm)) {
      const address = parseInt(place, 16);
      const word = view.getUint32(address - text.address, true);
      const plain = disassemble(word, { pseudo: false, address });
      expect(decimal(plain)).toBe(decimal(theirs));
      const label = /<(.*)>/.exec(theirs)?.[1];
      if (label !== undefined && /^(b|jal\s)/.test(theirs)) {
        const named = disassemble(word, { pseudo: false, address, symbolAt: lookup });
        expect(named.split(/[ ,]+/).at(-1)).toBe(label);
      }
    }
  });
});
