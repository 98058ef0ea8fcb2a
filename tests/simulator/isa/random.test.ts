/**
 * Random sources against GNU as and ld, octet for octet: all instructions and pseudo-instructions,
 * labels near and far, alignments and rooms between them. More of them by `npm run fuzz`.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../simulator/isa/assembler/assemble';
import { MNEMONICS, formsOf } from '../../../simulator/isa/assembler/forms';
import type { Slot } from '../../../simulator/isa/assembler/macros';
import { COMPRESSED } from '../../../simulator/isa/rv32/compressed';
import { disassemble } from '../../../simulator/isa/rv32/disassemble';
import { parseMarch } from '../../../simulator/isa/rv32/extensions';
import { REGISTER_NAMES } from '../../../simulator/isa/rv32/registers';
import { TABLE } from '../../../simulator/isa/rv32/table';
import { runs, slowMs } from '../../runs';
import * as gnu from './gnu';

const LABELS = Array.from({ length: 12 }, (_, n) => `label${n}`);

const register = fc.oneof(
  fc.constantFrom('s0', 's1', 'a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'sp', 'zero', 'ra'),
  fc.constantFrom(...REGISTER_NAMES),
);
const number = (low: number, high: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.integer({
        min: Math.max(low, Math.min(high, -40)),
        max: Math.min(high, Math.max(low, 40)),
      }),
      fc.integer({ min: low, max: high }),
    )
    .map(String);
const imm = number(-2048, 2047);
const label = fc.constantFrom(...LABELS);
const set = fc.constantFrom('i', 'o', 'r', 'w', 'rw', 'iorw');

const OPERANDS: { readonly [S in Slot]: fc.Arbitrary<string> } = {
  rd: register,
  rs1: register,
  rs2: register,
  imm,
  shamt: number(0, 31),
  upper: fc.oneof(number(0, 40), number(0xfffd0, 0xfffff), number(0, 0xfffff)),
  target: label,
  address: fc.tuple(fc.oneof(imm, number(0, 63)), register).map(([at, base]) => {
    const offset = Number(at);
    return `${offset >= 0 ? offset & ~3 : offset}(${base})`;
  }),
  base: register.map((base) => `(${base})`),
  csr: fc.constantFrom('mstatus', 'mepc', 'satp', 'cycle', '0x7c0'),
  zimm: number(0, 31),
  pred: set,
  succ: set,
  symbol: label,
  value: fc.oneof(
    imm,
    number(-(2 ** 31), 2 ** 32 - 1),
    number(0, 64).map((n) => `${n} << 12`),
  ),
};

/** GNU as knows these under other extensions, or not at all. */
const OURS_ALONE = new Set(['sext.b', 'sext.h', 'zext.h', 'fence.tso', 'jump', 'c.unimp', 'unimp']);

const written = fc
  .constantFrom(...MNEMONICS.filter((name) => !OURS_ALONE.has(name) && !name.startsWith('c.')))
  .chain((name) => fc.constantFrom(...formsOf(name)))
  .chain((form) =>
    fc.tuple(...form.syntax.map((slot) => OPERANDS[slot])).map((words) => {
      return `${form.name} ${words.join(', ')}`;
    }),
  );

const anyWord = fc
  .tuple(fc.constantFrom(...TABLE), fc.integer(), fc.boolean())
  .map(([{ mask, match }, bits, pseudo]) => disassemble((bits & ~mask) | match, { pseudo }));

const anyHalf = fc
  .tuple(fc.constantFrom(...COMPRESSED), fc.nat({ max: 0xffff }))
  .map(([{ mask, match }, bits]) => disassemble((bits & ~mask) | match, { pseudo: false }))
  // Hints that GNU as takes in other spellings only.
  .filter((text) => !/zero|, 0$/.test(text));

const instruction = fc
  .oneof({ weight: 4, arbitrary: written }, anyWord)
  // A fence of nothing has no spelling in GNU as.
  .filter((text) => !/^\.|^fence.* 0/.test(text));

const other = fc.oneof(
  fc.constantFrom('.balign 4', '.balign 8', '.p2align 4', '.balign 16, 0', '.balign 8, , 2'),
  number(0, 600).map((n) => `.space ${Number(n) & ~3}`),
  fc.tuple(label, label).map(([a, b]) => `.word ${a}, ${a} - ${b}`),
  label.map((name) => `.half (${name} - label0) & 0xffff, 7`),
  fc.constantFrom('.option norvc', '.option rvc', '.option push', 'nop'),
);

type Line = { readonly text: string; readonly isShort: boolean };

const line: fc.Arbitrary<Line> = fc.oneof(
  { weight: 12, arbitrary: instruction.map((text) => ({ text, isShort: false })) },
  { weight: 2, arbitrary: anyHalf.map((text) => ({ text, isShort: true })) },
  { weight: 2, arbitrary: other.map((text) => ({ text, isShort: false })) },
);

/** All labels are there, in their order, at places of chance. */
function sourceOf(lines: readonly Line[], isLong: boolean): string {
  const every = Math.max(1, Math.floor(lines.length / LABELS.length));
  const texts = lines.flatMap(({ text, isShort }, at) => {
    const name = at % every === 0 ? LABELS[at / every] : undefined;
    const labels = name === undefined ? [] : [`${name}:`];
    if (isLong && (isShort || /rvc/.test(text))) return labels;
    if (!isShort) return [...labels, text];
    return [...labels, `.option push\n.option rvc\n${text}\n.option pop`];
  });
  const missing = LABELS.filter((name) => !texts.includes(`${name}:`));
  return `_start:\n${texts.join('\n')}\n${missing.map((name) => `${name}:\n`).join('')}nop\n`;
}

const MARCHES: readonly gnu.March[] = ['rv32imac_zicsr_zifencei', 'rv32ima_zicsr_zifencei'];

const MISSING = 'GNU as is not installed: no random source was compared';
test(gnu.isInstalled ? 'GNU as is installed, and compared with' : MISSING, () => {
  expect(LABELS.length).toBeGreaterThan(0);
});

describe.runIf(gnu.isInstalled).each(MARCHES)('%s', (march) => {
  test(
    'random sources have the octets of GNU as',
    () => {
      const parsed = parseMarch(march);
      if (!parsed.ok) throw new Error(parsed.message);
      const { extensions } = parsed;
      fc.assert(
        fc.property(fc.array(line, { minLength: 1, maxLength: 400 }), (lines) => {
          const source = sourceOf(lines, !extensions.has('C'));
          const made = assemble(source, { extensions });
          if (!made.ok) throw new Error(`${JSON.stringify(made.errors[0])}\n${source}`);
          const [theirs] = gnu.sections(gnu.link(source, march));
          const ours = made.image.segments[0]?.octets ?? new Uint8Array(0);
          expect(Buffer.from(ours).toString('hex')).toBe(theirs?.octets);
        }),
        { numRuns: runs(15), maxSkipsPerRun: 1000 },
      );
    },
    slowMs,
  );
});
