/**
 * The suite: programs that check themselves and answer by `tohost`, by both engines, and on QEMU,
 * which must leave the same registers, CSRs and memory.
 */
import { describe, expect, test } from 'vitest';
import { writeElf } from '../../simulator/isa/elf/write';
import { instructionsOf } from '../../simulator/isa/instructions';
import { COMPRESSED } from '../../simulator/isa/rv32/compressed';
import { CSR } from '../../simulator/isa/rv32/csrs';
import { decode, type Decoded } from '../../simulator/isa/rv32/decode';
import { TABLE } from '../../simulator/isa/rv32/table';
import * as gnu from '../simulator/isa/gnu';
import { isInstalled, verdict } from './qemu';
import { here, imageOf, NAMES, textOf, there } from './suite';

const MISSING = 'qemu-system-riscv32 is not installed: the suite ran here alone';
test(isInstalled ? 'QEMU is installed, and runs the suite' : MISSING, () => {
  expect(NAMES.length).toBeGreaterThan(5);
});

/** Every instruction of a program, as it is decoded. */
function decodedOf(name: string): readonly Decoded[] {
  const text = imageOf(name).segments.find(({ flags }) => flags.execute)!;
  return instructionsOf(text)
    .map(({ word }) => decode(word))
    .filter((decoded) => decoded !== null);
}

describe('the suite', () => {
  const all = NAMES.flatMap(decodedOf);

  test('has every instruction, of both lengths', () => {
    const names = new Set(all.map(({ row, short }) => (short ?? row).name));
    const missing = [...TABLE, ...COMPRESSED]
      .map(({ name }) => name)
      .filter((name) => !names.has(name));
    expect(missing).toEqual([]);
  });

  test('has every CSR but those of the clock, which QEMU’s board has not', () => {
    const numbers = new Set(all.filter(({ row }) => row.class === 'csr').map(({ csr }) => csr));
    const missing = Object.entries(CSR).filter(([, number]) => !numbers.has(number));
    expect(missing.map(([name]) => name)).toEqual(['timeh']);
  });
});

const MARCH = 'rv32imac_zicsr_zifencei';

describe.each(NAMES)('%s.s', (name) => {
  test('passes by both engines, which end alike', () => {
    const image = imageOf(name);
    const micro = here(image, 'micro');
    expect(micro).toMatchObject({ tohost: 1 });
    expect(here(image, 'fast')).toEqual(micro);
  });

  test.runIf(gnu.isInstalled)('has the octets of GNU as', () => {
    const source = textOf(`${name}.s`).replace(/^.*\.include "(.*)"$/m, (_, file: string) =>
      textOf(file),
    );
    const theirs = gnu.sections(gnu.link(source, MARCH));
    for (const segment of imageOf(name).segments) {
      const other = theirs.find((one) => one.name === segment.name)!;
      const hex = Buffer.from(segment.octets).toString('hex');
      const ours = segment.name === '.bss' ? `zeros ${segment.octets.length}` : hex;
      expect([segment.name, segment.address, ours]).toEqual([
        other.name,
        other.address,
        other.octets,
      ]);
    }
  });

  test.runIf(isInstalled)('passes on QEMU, which ends alike', async () => {
    const image = imageOf(name);
    expect(verdict(writeElf(image))).toBe(0);
    expect(await there(image)).toEqual(here(image, 'fast'));
  });
});
