/** The assembler: what it lays out, and that nothing makes it throw. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble, type Options } from '../../../simulator/isa/assembler/assemble';
import { distance } from '../../../simulator/bits/nearest';
import { ALL_EXTENSIONS } from '../../../simulator/isa/rv32/extensions';
import type { Image } from '../../../simulator/isa/image';

/** Everything in 32 bits, so that the numbers below can be counted. */
const WORDS = new Set([...ALL_EXTENSIONS].filter((one) => one !== 'C'));

function imageOf(source: string, options: Options = { extensions: WORDS }): Image {
  const assembled = assemble(source, options);
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.errors));
  return assembled.image;
}

/** The octets of the first segment, as little-endian words in hexadecimal. */
function wordsOf(source: string): readonly string[] {
  const octets = imageOf(source).segments[0]?.octets ?? new Uint8Array(0);
  const view = new DataView(octets.buffer);
  return Array.from({ length: octets.length / 4 }, (_, at) =>
    view
      .getUint32(at * 4, true)
      .toString(16)
      .padStart(8, '0'),
  );
}

describe('the layout', () => {
  const source = `
        .data
value:  .word 7
        .text
        nop
        .globl _start
_start: la a0, value
        .bss
room:   .space 100
        .section .rodata
text:   .asciz "abc"
`;

  test('code comes first, then constants, data and zeros, each at a multiple of 16', () => {
    const { segments, entry } = imageOf(source);
    expect(segments.map(({ name, address, octets }) => [name, address, octets.length])).toEqual([
      ['.text', 0x80000000, 12],
      ['.rodata', 0x80000010, 4],
      ['.data', 0x80000020, 4],
      ['.bss', 0x80000030, 100],
    ]);
    expect(entry).toBe(0x80000004);
  });

  test('sections have the rights that their use asks for', () => {
    const rights = imageOf(source).segments.map(({ flags: { read, write, execute } }) => {
      return `${read ? 'r' : '-'}${write ? 'w' : '-'}${execute ? 'x' : '-'}`;
    });
    expect(rights).toEqual(['r-x', 'r--', 'rw-', 'rw-']);
  });

  test('bases move sections, and what follows goes with them', () => {
    const bases = { '.text': 0x10000, '.data': 0x20001 };
    const places = imageOf(source, { bases, gapOctets: 4096 }).segments;
    expect(places.map(({ address }) => address)).toEqual([0x10000, 0x11000, 0x20001, 0x21000]);
  });

  test('symbols say where they are and whether they are global', () => {
    const { symbols } = imageOf(
      `${source}\n.equ size, 5\n.Lhidden:\n1: .comment\n`.replace('.comment', ''),
    );
    expect(symbols).toEqual([
      { name: 'value', address: 0x80000020, section: '.data', global: false },
      { name: '_start', address: 0x80000004, section: '.text', global: true },
      { name: 'room', address: 0x80000030, section: '.bss', global: false },
      { name: 'text', address: 0x80000010, section: '.rodata', global: false },
      { name: 'size', address: 5, section: '*ABS*', global: false },
    ]);
  });

  test('every octet but alignment knows its line', () => {
    const { lines } = imageOf('nop\nli a0, 0x12345678\n\n.data\n.byte 1, 2\n', {
      sourceName: 'a.s',
      extensions: WORDS,
    });
    expect(lines).toEqual([
      { address: 0x80000000, lengthOctets: 4, line: 1, source: 'a.s' },
      { address: 0x80000004, lengthOctets: 8, line: 2, source: 'a.s' },
      { address: 0x80000010, lengthOctets: 2, line: 5, source: 'a.s' },
    ]);
  });

  test('without _start the entry is the start of .text', () => {
    expect(imageOf('nop\nmain: nop').entry).toBe(0x80000000);
  });

  test.each(['', '\n\n', '# nothing', '.data', 'here:', '/* */'])(
    '%j is an empty program',
    (source) => {
      expect(imageOf(source)).toMatchObject({ entry: 0x80000000, segments: [], lines: [] });
    },
  );

  test('notes for other tools stay out of the image', () => {
    const { segments, symbols } = imageOf('.section .note.GNU-stack,"",@progbits\nx: .word 1\n');
    expect([segments, symbols]).toEqual([[], []]);
  });
});

describe('statements', () => {
  test.each<[string, string, readonly string[]]>([
    ['two on a line', 'nop; ecall', ['00000013', '00000073']],
    ['comments', 'nop # a ; nop\nnop // b\n/* c\n d */ nop', ['00000013', '00000013', '00000013']],
    ['label and instruction', 'a: b: j a', ['0000006f']],
    ['numeric labels', '1: j 1b\nj 1f\n1: j 1b', ['0000006f', '0040006f', '0000006f']],
    ['an equation that comes later', 'addi a0, a0, N\n.equ N, 5', ['00550513']],
    ['li of what is not known yet', 'li a0, N\n.equ N, 5', ['00000537', '00550513']],
    // As far as a jump reaches: where the branch will lie is not known yet, in GNU as too.
    ['a branch to a number', 'beq a0, a1, 0x80000008', ['00b51463', '0040006f']],
    ['windows line ends', 'nop\r\nnop\r\n', ['00000013', '00000013']],
    ['a number of 32 bits for a signed field', 'addi a0, a0, 0xfffff800', ['80050513']],
  ])('%s', (_, source, words) => {
    expect(wordsOf(source)).toEqual(words);
  });

  test('strings are UTF-8', () => {
    const octets = imageOf('.rodata\n.ascii "äß€🙂"').segments[0]?.octets;
    expect(octets).toEqual(new Uint8Array(Buffer.from('äß€🙂', 'utf8')));
  });

  test.each([0, 1, -1, 2047, -2048, 2048, 0x7ff, 0x800, 0xfff, 0x1000, 0x12345678, 0x7fffffff])(
    'li of %i and of its neighbours loads it',
    (value) => {
      for (const number of [value, -value, value + 1, value - 1, value + 0x80000000]) {
        let loaded = 0;
        for (const word of wordsOf(`li a0, ${number}`)) {
          const bits = parseInt(word, 16);
          loaded = (bits & 0x7f) === 0x37 ? bits & ~0xfff : (loaded + (bits >> 20)) | 0;
        }
        expect(loaded).toBe(number | 0);
      }
    },
  );
});

describe('ends', () => {
  test('a jump reaches 1 MiB, and no further', () => {
    const reach = 0x100000;
    for (const offset of [reach - 2, -reach]) expect(assemble(`j . + ${offset}`).ok).toBe(true);
    for (const offset of [reach, -reach - 2]) expect(assemble(`j . + ${offset}`).ok).toBe(false);
  });

  test.each([
    ['beqz a0', WORDS, 4096, 4, 8],
    ['bltu a0, a1', WORDS, -4096, 4, 8],
    ['bltu a0, a1', ALL_EXTENSIONS, 4096, 4, 8],
    ['beqz a0', ALL_EXTENSIONS, 256, 2, 4],
    ['beqz a0', ALL_EXTENSIONS, -4096, 4, 6],
    ['c.bnez a0', ALL_EXTENSIONS, -256, 2, 4],
    ['j', ALL_EXTENSIONS, 2048, 2, 4],
    ['j', ALL_EXTENSIONS, -2048, 2, 4],
  ])(
    '%s, of %o, to %i octets away takes %i, and beyond %i',
    (name, extensions, reach, ...takes) => {
      const lengthTo = (distance: number): number => {
        const to = `. ${distance < 0 ? '-' : '+'} ${Math.abs(distance)}`;
        const source = `${name}${name === 'j' ? ' ' : ', '}${to}\nend:`;
        return imageOf(source, { extensions }).symbols[0]!.address - 0x80000000;
      };
      const last = reach < 0 ? reach : reach - 2;
      expect([last, last + Math.sign(reach) * 2].map(lengthTo)).toEqual(takes);
    },
  );

  test.each([
    ['.byte 1\n.balign 4, 9, 3\n.byte 2', [1, 9, 9, 9, 2]],
    ['.byte 1\n.balign 4, 9, 2\n.byte 2', [1, 2]],
    ['.byte 1\n.p2align 1\n.byte 2', [1, 0, 2]],
  ])('%j makes %j', (source, octets) => {
    expect([...(imageOf(`.data\n${source}`).segments[0]?.octets ?? [])]).toEqual(octets);
  });
});

describe('any text', () => {
  const FOLDER = new URL('corpus/', import.meta.url);
  const corpus = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.s'))
    .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'));

  function check(source: string): boolean {
    const assembled = assemble(source);
    if (assembled.ok) return true;
    expect(assembled.errors.length).toBeGreaterThan(0);
    const lines = source.split('\n').length;
    const odd = assembled.errors.filter(({ line, column, lengthColumns, message, remedy }) => {
      const isPlaced = line >= 1 && line <= lines && column >= 1 && lengthColumns >= 0;
      return !isPlaced || message === '' || remedy === '';
    });
    expect(odd).toEqual([]);
    return false;
  }

  test('is assembled or refused, and nothing is thrown', () => {
    const unit = fc.oneof(fc.integer({ min: 0, max: 127 }), fc.integer({ min: 0, max: 0xffff }));
    const text = fc.array(unit).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, (source) => {
        check(source);
      }),
      { numRuns: 500 },
    );
  });

  test('made of the words of the language, too', () => {
    const words = [...new Set(corpus.join('\n').match(/[\w.$%]+|[^\w\s]|\n/g))];
    const text = fc.array(fc.constantFrom(...words), { maxLength: 60 });
    fc.assert(
      fc.property(text, (parts) => {
        check(parts.join(' '));
      }),
      { numRuns: 1000 },
    );
  });

  test('and a program with a piece cut out, doubled or replaced', () => {
    const change = fc.tuple(
      fc.constantFrom(...corpus),
      fc.nat(),
      fc.nat({ max: 30 }),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(change, ([source, place, length, piece]) => {
        const at = place % source.length;
        check(source.slice(0, at) + piece + source.slice(at + length));
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['parentheses', `.word ${'('.repeat(100_000)}1`],
    ['signs', `.word ${'-'.repeat(100_000)}1`],
    ['a sum', `.word 1${'+1'.repeat(100_000)}`],
    ['one name', 'a'.repeat(2_000_000)],
    ['one number', `.word ${'9'.repeat(2_000_000)}`],
    ['one string', `.ascii "${'\\'.repeat(2_000_000)}`],
    ['one comment', `/*${'*'.repeat(2_000_000)}`],
    ['commas', `.word ${','.repeat(100_000)}`],
    ['labels', 'a:'.repeat(50_000)],
    ['operands', `addi ${'a0,'.repeat(50_000)}a0`],
    [
      'equations in a row',
      Array.from({ length: 5000 }, (_, n) => `.equ n${n}, n${n + 1}`).join('\n'),
    ],
    [
      'equations that double',
      Array.from({ length: 45 }, (_, n) => `.equ n${n}, n${n + 1} + n${n + 1}`).join('\n'),
    ],
    ['unknown words', Array.from({ length: 20_000 }, (_, n) => `j name${n}x`).join('\n')],
    ['room', '.space 0xffffffff\n.zero 1 << 62\n.space 16 << 20\n.space 16 << 20'],
    ['a macro that calls itself', '.macro again\nagain\nagain\n.endm\nagain'],
    ['an argument that doubles', '.macro more x\nmore \\x\\x\n.endm\nmore ab'],
    ['repetitions', '.rept 3000\n.rept 3000\nnop\n.endr\n.endr'],
    ['values', `.irp x,${'1,'.repeat(50_000)}\n.irp y,${'1,'.repeat(500)}\nnop\n.endr\n.endr`],
    ['conditions', '.if 1\n'.repeat(50_000)],
    ['rooms that grow', 'a: .space b - a + 2\nb:'],
    ['rooms behind', `${'.space later\n'.repeat(100)}.equ later, 16 << 20`],
    ['commons', Array.from({ length: 2000 }, (_, n) => `.comm c${n}, 16 << 20`).join('\n')],
    ['sections pushed', '.pushsection .data\n'.repeat(5000)],
    ['parts in parts', 'auipc a0, %pcrel_hi(%pcrel_lo(a))\na: lw a0, %pcrel_lo(a)(a0)'],
  ])('%s without end are refused', (_, source) => {
    expect(check(source)).toBe(false);
  });
});

test('edit distance agrees with its definition', () => {
  /** Every way to edit, without memory. */
  function slow(a: string, b: string): number {
    if (a === '' || b === '') return a.length + b.length;
    const [x, y] = [a.slice(1), b.slice(1)];
    const ways = [slow(x, y) + (a[0] === b[0] ? 0 : 1), slow(x, b) + 1, slow(a, y) + 1];
    const isSwapped = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0];
    if (isSwapped) ways.push(slow(a.slice(2), b.slice(2)) + 1);
    return Math.min(...ways);
  }
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 4 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(distance(a, b)).toBe(slow(a, b));
    }),
    { numRuns: 3000 },
  );
});
