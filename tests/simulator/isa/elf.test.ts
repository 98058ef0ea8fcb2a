/** The ELF loader and writer: round trip, refusals that say what and where, and any octets. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../simulator/isa/assembler/assemble';
import { parseElf } from '../../../simulator/isa/elf/read';
import { writeElf } from '../../../simulator/isa/elf/write';
import type { Image } from '../../../simulator/isa/image';

const SOURCE = `
        .globl _start
        .type _start, @function
        .size _start, . - _start + 12
        .type value, %object
        .size value, 12
_start: la a0, text
        ecall
        .section .rodata
text:   .asciz "hello"
        .data
value:  .word 1, 2, 3
        .equ LIMIT, 42
        .bss
room:   .space 5000
`;

function imageOf(source: string): Image {
  const assembled = assemble(source);
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.errors));
  return assembled.image;
}

const image = imageOf(SOURCE);
const program = writeElf(image);

/** A copy with `octets` at `at`. */
function changed(at: number, ...octets: readonly number[]): Uint8Array {
  const copy = program.slice();
  copy.set(octets, at);
  return copy;
}

/** Offset of field `at` of program header `index`. */
const header = (index: number, at: number): number => 52 + index * 32 + at;

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

describe('a program', () => {
  test('written and loaded is the same, but for the lines of its data', () => {
    const parsed = parseElf(program);
    if (!parsed.ok) throw new Error(parsed.error);
    expect(parsed.image.entry).toBe(image.entry);
    expect(parsed.image.segments).toEqual(image.segments);
    expect([...parsed.image.symbols].sort(byName)).toEqual([...image.symbols].sort(byName));
    const code = image.lines.filter(({ address }) => address < image.segments[1]!.address);
    const source = '{standard input}';
    expect(parsed.image.lines).toEqual(code.map((line) => ({ ...line, source })));
  });

  test('zeros take no room in the file, and are zeros in memory', () => {
    const more = writeElf(imageOf(SOURCE.replace('5000', '500000')));
    expect(more.length).toBe(program.length);
  });

  test('lies anywhere in an array of octets', () => {
    const wide = new Uint8Array(program.length + 7);
    wide.set(program, 3);
    expect(parseElf(wide.subarray(3, 3 + program.length))).toEqual(parseElf(program));
  });

  test('with any segments and symbols comes back', () => {
    const segment = fc.record({
      name: fc.constantFrom('.text', '.data', '.bss', '.other'),
      octets: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      gap: fc.nat({ max: 5000 }),
      write: fc.boolean(),
    });
    const symbol = fc.record({
      name: fc.stringMatching(/^[a-z_][a-z0-9_.]{0,10}$/),
      address: fc.nat({ max: 0xffffffff }),
      global: fc.boolean(),
    });
    const parts = fc.tuple(fc.array(segment, { minLength: 1, maxLength: 5 }), fc.array(symbol));
    fc.assert(
      fc.property(parts, ([rows, names]) => {
        let next = 0x10000;
        const segments = rows.map(({ name, octets, gap, write }) => {
          const address = next + gap;
          next = address + octets.length;
          return { name, address, octets, flags: { read: true, write, execute: true } };
        });
        const symbols = names.map((one) => ({ ...one, section: '*ABS*' }));
        const built: Image = { entry: segments[0]!.address, segments, symbols, lines: [] };
        const parsed = parseElf(writeElf(built));
        const locals = symbols.filter(({ global }) => !global);
        const globals = symbols.filter(({ global }) => global);
        const again = { ...built, symbols: [...locals, ...globals] };
        expect(parsed).toEqual({ ok: true, image: again, warnings: [] });
      }),
    );
  });
});

describe('refused', () => {
  test.each<[string, Uint8Array, string]>([
    [
      'nothing',
      new Uint8Array(0),
      'This is no ELF file: it does not start with the octets 7f 45 4c 46.',
    ],
    [
      'text',
      new Uint8Array(Buffer.from('#!/bin/sh')),
      'This is no ELF file: it does not start with the octets 7f 45 4c 46.',
    ],
    [
      'a stump',
      program.slice(0, 40),
      'The file is cut short: it has 40 octets, its header alone has 52.',
    ],
    [
      'ELF64',
      changed(4, 2),
      'This is a 64-bit ELF file: build it with `-march=rv32i -mabi=ilp32`.',
    ],
    ['no class', changed(4, 7), 'Octet 4, the class, is 7, not 1.'],
    [
      'big endian',
      changed(5, 2),
      'This ELF file is big-endian; RISC-V programs are little-endian.',
    ],
    ['no order', changed(5, 0), 'Octet 5, the octet order, is 0, not 1.'],
    ['x86', changed(18, 3, 0), 'This program is for machine 3; RISC-V is machine 243.'],
    [
      'an object',
      changed(16, 1),
      'The file is an object file that is not linked yet: link it with `ld`.',
    ],
    [
      'position-independent',
      changed(16, 3),
      'The file is position-independent: link it with `-static -no-pie`.',
    ],
    ['an unknown type', changed(16, 99), 'The file has type 99, which is no program.'],
    ['no headers', changed(44, 0, 0), 'The file has no program headers: there is nothing to load.'],
    ['small headers', changed(42, 8, 0), 'The program headers have 8 octets each; they need 32.'],
    [
      'no segment',
      changed(44, 1, 0).fill(0, header(0, 0), header(0, 4)),
      'The file has no segment to load.',
    ],
    [
      'dynamic',
      changed(header(0, 0), 3),
      'This program is dynamically linked: link it with `-static`.',
    ],
    [
      'a cut segment',
      changed(header(0, 16), 0, 0, 1, 0, 0, 0, 1, 0),
      `The file is cut short: Segment 0 ends at octet ${4096 + 65536} of ${program.length}.`,
    ],
    [
      'more in the file',
      changed(header(0, 20), 1, 0, 0, 0),
      'Segment 0 has 12 octets in the file, but 1 in memory.',
    ],
    [
      'beyond memory',
      changed(header(3, 8), 0, 0xff, 0xff, 0xff),
      'Segment 3 at 0xffffff00 ends after the last address, 0xffffffff.',
    ],
    [
      'too large',
      changed(header(3, 20), 0, 0, 0, 0x10),
      `The program takes ${0x10000000 + 12 + 6 + 12} octets; 64 MiB are the most.`,
    ],
    ['overlapping', changed(header(1, 8), 4), 'Segments 0 and 1 overlap at 0x80000004.'],
    [
      'a wild entry',
      changed(24, 0, 0, 0, 0),
      'The entry 0x00000000 lies in no executable segment.',
    ],
    [
      'cut headers',
      program.slice(0, program.length - 1),
      `The file is cut short: the section headers end at octet ${program.length} of ${program.length - 1}.`,
    ],
  ])('%s', (_, octets, error) => {
    expect(parseElf(octets)).toEqual({ ok: false, error });
  });

  test('every cut of a program', () => {
    for (let length = 0; length < program.length; length += 7) {
      expect(parseElf(program.slice(0, length)).ok).toBe(false);
    }
  });
});

describe('any octets', () => {
  test('are loaded or refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        const withMagic = new Uint8Array([...program.slice(0, 52), ...octets]);
        expect(parseElf(octets).ok).toBe(false);
        expect(typeof parseElf(withMagic).ok).toBe('boolean');
      }),
    );
  });

  test('and a program with octets changed, too', () => {
    const tables = fc.oneof(fc.nat({ max: 180 }), fc.integer({ min: -400, max: -1 }), fc.nat());
    const edits = fc.array(fc.tuple(tables, fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(edits, (list) => {
        const copy = program.slice();
        for (const [place, octet] of list) {
          copy[(place + copy.length) % copy.length] = octet;
        }
        expect(typeof parseElf(copy).ok).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });
});
