/** Several sources as one program: whose symbols are seen by whom, and what is told of mistakes. */
import { describe, expect, test } from 'vitest';
import { link, type LinkOptions } from '../../../simulator/isa/assembler/assemble';
import type { Image } from '../../../simulator/isa/image';
import * as gnu from './gnu';

const MAIN = `
        .globl  _start, shared
_start: la      a0, table
        call    twice
        j       done
        beqz    a0, done
        lw      a1, count
        .comm   buffer, 10, 8
        .weak   maybe
        .data
shared: .word   twice, LIMIT, maybe
own:    .byte   1
`;
const MORE = `
        .globl  twice, table, LIMIT, count
        .equ    LIMIT, 42
own:    nop
twice:  add     a0, a0, a0
        ret
        .globl  done
done:   j       own
        .data
        .byte   7
        .balign 8
table:  .word   shared, own, buffer
        .comm   buffer, 30, 4
        .bss
count:  .skip   4
`;

type Error = { source: string; line: number; message: string; remedy: string };

function linked(texts: readonly string[], options: LinkOptions = {}): Image | readonly Error[] {
  const names = ['main.s', 'more.s', 'third.s'];
  const made = link(
    texts.map((text, at) => ({ name: names[at] ?? 'x.s', text })),
    options,
  );
  return made.ok ? made.image : made.errors;
}

function imageOf(...texts: readonly string[]): Image {
  const made = linked(texts);
  if (!('segments' in made)) throw new Error(JSON.stringify(made));
  return made;
}

const addressOf = (image: Image, name: string): number =>
  image.symbols.find((symbol) => symbol.name === name)?.address ?? -1;

describe('two sources', () => {
  test('have their sections side by side, each piece at its alignment', () => {
    const image = imageOf(MAIN, MORE);
    const text = image.segments[0]!;
    expect(image.segments.map(({ name }) => name)).toEqual(['.text', '.data', '.bss']);
    expect(addressOf(image, 'twice') - text.address).toBeGreaterThan(20);
    expect(addressOf(image, 'table') % 8).toBe(0);
    expect(image.entry).toBe(addressOf(image, '_start'));
    expect(image.symbols.filter(({ name }) => name === 'own')).toHaveLength(2);
    const sources = new Set(image.lines.map(({ source }) => source));
    expect(sources).toEqual(new Set(['main.s', 'more.s']));
  });

  test('a common is as long and as aligned as the greatest wish, and once', () => {
    const image = imageOf(MAIN, MORE);
    const buffer = addressOf(image, 'buffer');
    const bss = image.segments.find(({ name }) => name === '.bss')!;
    expect(buffer % 8).toBe(0);
    expect(bss.address + bss.octets.length - buffer).toBe(30);
    const defined = imageOf(MAIN, MORE, '.globl buffer\n.data\nbuffer: .word 5\n');
    expect(defined.symbols.filter(({ name }) => name === 'buffer')).toHaveLength(1);
  });

  test('a weak definition gives way, wherever it stands', () => {
    const weak = '.weak who\n.data\nwho: .word 1\n.globl _start\n.text\n_start: la a0, who\n';
    const strong = '.globl who\n.data\nwho: .word 2\n';
    for (const sources of [
      [weak, strong],
      [strong, weak],
    ]) {
      const image = imageOf(...sources);
      const data = image.segments.find(({ name }) => name === '.data')!;
      const places = image.symbols.filter(({ name }) => name === 'who');
      const values = places.map(({ address }) => data.octets[address - data.address]);
      expect(values.sort()).toEqual([1, 2]);
      const lui = image.segments[0]!.octets;
      expect(lui.length).toBe(8);
    }
    expect(addressOf(imageOf(weak), 'who')).toBeGreaterThan(0);
  });

  test.runIf(gnu.isInstalled)('have the octets that GNU as and ld give them', () => {
    for (const march of ['rv32imac_zicsr_zifencei', 'rv32ima_zicsr_zifencei'] as const) {
      const theirs = gnu.sections(gnu.link([MAIN, MORE], march));
      const made = linked([MAIN, MORE], { isCompressing: march.includes('c_') });
      if (!('segments' in made)) throw new Error(JSON.stringify(made));
      for (const { name, address, octets } of made.segments) {
        const other = theirs.find((one) => one.name === name)!;
        const zeros = `zeros ${octets.length}`;
        const text = name === '.bss' ? zeros : Buffer.from(octets).toString('hex');
        expect([name, address, text]).toEqual([name, other.address, other.octets]);
      }
    }
  });
});

describe('a mistake says its source', () => {
  test.each<[string, readonly string[], Partial<Error>]>([
    [
      'a name that is taken',
      ['.globl a\na: nop', 'nop\n.globl a\na: nop'],
      { source: 'more.s', line: 3, message: '`a` is defined in main.s already.' },
    ],
    [
      'a name that nobody has',
      ['j there', '.globl here\nhere: nop'],
      { source: 'main.s', line: 1, message: '`there` is not defined.' },
    ],
    [
      'a name that another keeps for itself',
      ['j there', '\nthere: nop'],
      { source: 'main.s', remedy: 'more.s defines it for itself: write `.globl there` there.' },
    ],
    [
      'a name that another nearly has',
      ['j ther', '.globl there\nthere: nop'],
      { source: 'main.s', remedy: 'Did you mean `there`?' },
    ],
    [
      'names that wait for each other',
      ['.globl a\n.equ a, b\n.word a', '.globl b\n.equ b, a'],
      { source: 'main.s', message: '`b` is not defined.' },
    ],
    [
      'a branch that does not reach',
      ['jal t0, far\n.space 0x100000', '.globl far\nfar: nop'],
      {
        source: 'main.s',
        remedy: 'Use `call` or `tail`, which reach everything.',
      },
    ],
  ])('%s', (_, texts, error) => {
    const errors = linked(texts);
    expect(errors).toEqual(expect.arrayContaining([expect.objectContaining(error)]));
  });

  test('all of them come at once, source by source', () => {
    const errors = linked(['adi a0', 'nop\nj x\n.wrod 3']) as readonly Error[];
    expect(errors.map(({ source, line }) => [source, line])).toEqual([
      ['main.s', 1],
      ['more.s', 2],
      ['more.s', 3],
    ]);
  });
});

describe('.include', () => {
  const include = (path: string): string | null =>
    new Map([
      ['a.inc', '.macro twice x\nadd \\x, \\x, \\x\n.endm\n'],
      ['bad.inc', '\n adi a0\n'],
      ['self.inc', '.include "self.inc"\n'],
    ]).get(path) ?? null;

  test('puts a text in', () => {
    expect(linked(['.include "a.inc"\ntwice a0'], { include })).toHaveProperty('segments');
  });

  test.each([
    ['.include "none.inc"', 1, /none\.inc.*cannot be included/],
    ['nop\n.include "bad.inc"', 2, /no instruction `adi`.*bad\.inc.*line 2/],
    ['.include "self.inc"', 1, /without end/],
  ])('%j is told', (text, line, message) => {
    expect(linked([text], { include })).toEqual([
      expect.objectContaining({ line, message: expect.stringMatching(message) as string }),
    ]);
  });
});
