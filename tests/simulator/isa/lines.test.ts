/**
 * Lines of ELF files (DWARF 2 to 5), read and written. `debug/v<N>.elf` is `debug/main.c` by
 * riscv64-unknown-elf-gcc -O1 -gdwarf-<N> -gstrict-dwarf -ffile-prefix-map=$PWD=/work -march=rv32imac
 * -mabi=ilp32 -nostdlib -ffreestanding -Wl,-T,program.ld,--build-id=none.
 */
import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { link } from '../../../simulator/isa/assembler/assemble';
import { readLines, type DebugSections } from '../../../simulator/isa/elf/dwarf/lines';
import { debugSections } from '../../../simulator/isa/elf/dwarf/write';
import { parseElf } from '../../../simulator/isa/elf/read';
import { writeElf } from '../../../simulator/isa/elf/write';
import { hexAddress, type Image, type SourceLine } from '../../../simulator/isa/image';
import * as gnu from './gnu';

const NONE = new Uint8Array(0);
const EVERYWHERE = [{ from: 0, to: 0x1_0000_0000 }];

function programOf(version: number): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`debug/v${version}.elf`, import.meta.url)));
}

function parsed(octets: Uint8Array): Image {
  const made = parseElf(octets);
  if (!made.ok) throw new Error(made.error);
  expect(made.warnings).toEqual([]);
  return made.image;
}

const shown = ({ address, lengthOctets, source, line }: SourceLine): string =>
  `${hexAddress(address)}+${lengthOctets} ${source}:${line}`;

/** As `readelf --debug-dump=decodedline` has them; at one address the last row holds. */
const MADE = [
  '0x80000000+6 main.c:5',
  '0x80000006+4 main.c:5',
  '0x8000000a+6 main.c:11',
  '0x80000010+4 main.c:12',
  '0x80000014+4 main.c:14',
  '0x80000018+2 main.c:14',
  '0x8000001a+4 main.c:13',
  '0x8000001e+4 main.c:16',
  '0x80000022+4 main.c:16',
  '0x80000026+2 main.c:15',
  '0x80000100+2 main.c:7',
  '0x80000102+8 main.c:8',
  '0x8000010a+4 lib/weigh.h:4',
  '0x8000010e+2 lib/weigh.h:3',
  '0x80000110+2 lib/weigh.h:4',
  '0x80000112+4 lib/weigh.h:5',
  '0x80000116+2 lib/weigh.h:5',
  '0x80000118+2 lib/weigh.h:4',
  '0x8000011a+6 lib/weigh.h:4',
  '0x80000120+2 lib/weigh.h:3',
  '0x80000122+2 main.c:9',
];

describe('a C program', () => {
  test.each([2, 3, 4, 5])('with the lines of DWARF %i', (version) => {
    expect(parsed(programOf(version)).lines.map(shown)).toEqual(MADE);
  });

  test('whose debug information was taken out has none', () => {
    const octets = programOf(5);
    const name = Buffer.from(octets).indexOf('.debug_line\0');
    octets.set(Buffer.from('.another___'), name);
    expect(parsed(octets).lines).toEqual([]);
  });
});

const START = `
        .globl _start
_start: la a0, words
        call far
        ebreak
words:  .word 1, 2
        .macro twice
        addi a0, a0, 1
        addi a0, a0, 1
        .endm
        twice
        .data
value:  .word 3
`;
const FAR = '\n\n\n        .globl far\n\n.option norvc\nfar:    nop\n ret\n';

function linked(): Image {
  const made = link([
    { name: 'start.s', text: START },
    { name: 'größe.s', text: FAR },
  ]);
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  return made.image;
}

describe('what was assembled here', () => {
  test('and written has the lines of its code', () => {
    const image = linked();
    const end = image.segments[0]!.address + image.segments[0]!.octets.length;
    const code = image.lines.filter(({ address }) => address < end);
    expect(code.length).toBeLessThan(image.lines.length);
    expect(parsed(writeElf(image)).lines).toEqual(code);
  });

  test.runIf(gnu.isInstalled)('tells the tools of GNU the same', () => {
    gnu.withFolder((folder) => {
      const image = linked();
      const file = join(folder, 'a.elf');
      writeFileSync(file, writeElf(image));
      const places = image.lines.slice(0, 5).map(({ address }) => hexAddress(address));
      const said = gnu
        .run('addr2line', ['-e', file, ...places])
        .trim()
        .split('\n');
      expect(said).toEqual(image.lines.slice(0, 5).map(({ source, line }) => `${source}:${line}`));
      expect(gnu.run('readelf', ['--debug-dump=decodedline', '-W', file])).not.toMatch(/warn/i);
      expect(gnu.run('objdump', ['-dl', file])).toMatch(/größe\.s:7\n.*nop/);
    });
  });
});

/** Ascending, with gaps and without, of several files. */
const someLines = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.constant(0), fc.nat({ max: 100_000 })),
      lengthOctets: fc.integer({ min: 1, max: 5000 }),
      line: fc.integer({ min: 1, max: 1_000_000 }),
      source: fc.constantFrom('a.s', 'dir/b.c', '/abs/ü.S', 'a b.s'),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((rows) => {
    let next = 0x1000;
    return rows.map(({ gap, lengthOctets, line, source }): SourceLine => {
      const address = next + gap;
      next = address + lengthOctets;
      return { address, lengthOctets, line, source };
    });
  });

function sectionsOf(lines: readonly SourceLine[]): DebugSections {
  const line = debugSections(lines).find(({ name }) => name === '.debug_line')!.octets;
  return { line, lineStr: NONE, str: NONE };
}

describe('a line table', () => {
  test('that was written is read as it was', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        expect(readLines(sectionsOf(lines), EVERYWHERE)).toEqual({ lines, wrong: null });
      }),
    );
  });

  test('of which a linker took functions out keeps the others', () => {
    const lines: SourceLine[] = [
      { address: 0, lengthOctets: 8, line: 3, source: 'gone.c' },
      { address: 0x1000, lengthOctets: 4, line: 9, source: 'kept.c' },
    ];
    const read = readLines(sectionsOf(lines), [{ from: 0x1000, to: 0x1004 }]);
    expect(read).toEqual({ lines: [lines[1]], wrong: null });
  });

  const whole = sectionsOf([{ address: 0x1000, lengthOctets: 4, line: 9, source: 'a.c' }]).line;
  const changed = (at: number, ...octets: readonly number[]): Uint8Array => {
    const copy = whole.slice();
    copy.set(octets, at);
    return copy;
  };

  test.each<[string, Uint8Array, string]>([
    ['of an unknown version', changed(4, 9), 'its version is 9, and 2 to 5 are known at octet 6'],
    ['longer than its section', changed(0, 255), 'it is cut short at octet 4'],
    ['of 64 bits', changed(0, 255, 255, 255, 255), 'it is written in 64-bit DWARF at octet 4'],
    ['cut in its length', whole.slice(0, 3), 'it is cut short at octet 0'],
    ['whose header is too long', changed(6, 255, 0), 'its header is cut short at octet 10'],
    [
      'without lines in a step',
      changed(13, 0),
      'its special operations count lines by zeros at octet 15',
    ],
    ['without operations', changed(14, 0), 'it has no operations at octet 15'],
  ])('%s is refused', (_, line, wrong) => {
    const read = readLines({ line, lineStr: NONE, str: NONE }, EVERYWHERE);
    expect(read).toEqual({ lines: [], wrong });
  });

  test('whose names are written in an unknown form is refused', () => {
    const octets = programOf(5);
    const at = Buffer.from(octets).indexOf(Buffer.from([2, 1, 0x1f, 2, 0x0f]));
    expect(at).toBeGreaterThan(0);
    octets[at + 2] = 0x19;
    const made = parseElf(octets);
    expect(made.ok && made.warnings).toEqual([
      expect.stringMatching(
        /^\.debug_line is not read to its end: form 0x19 of a name is not known at octet \d+\.$/,
      ),
    ]);
  });

  test('of any octets is read or refused, and nothing is thrown', () => {
    const program = sectionsOf([
      { address: 0x1000, lengthOctets: 4, line: 9, source: 'a.c' },
      { address: 0x2000, lengthOctets: 40, line: 4000, source: 'b.c' },
    ]).line;
    const change = fc.record({ at: fc.nat({ max: program.length - 1 }), octet: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const line = program.slice();
        for (const { at, octet } of changes) line[at] = octet;
        const { lines } = readLines({ line, lineStr: NONE, str: NONE }, EVERYWHERE);
        for (const [index, one] of lines.entries()) {
          expect(one.lengthOctets).toBeGreaterThan(0);
          const before = lines[index - 1];
          if (before !== undefined)
            expect(one.address).toBeGreaterThanOrEqual(before.address + before.lengthOctets);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
