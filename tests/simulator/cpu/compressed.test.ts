/** An instruction of 16 bits does what its 32-bit spelling does, and is two octets long. */
import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { RAM_BASE } from '../../../simulator/contract/map';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { decode } from '../../../simulator/isa/rv32/decode';
import { encode } from '../../../simulator/isa/rv32/encode';
import { machine, runOne, type Machine } from './machine';

const NEXT = 4;
/** Every encoding takes long; these meet every form, with all of its fields. */
const STRIDE = 7;

function ran(engine: typeof MICRO, word: number): Machine {
  const built = machine([word]);
  // Even addresses in RAM: targets of loads, stores and jumps, each register its own.
  for (let k = 1; k < 32; k++) built.cpu.x[k] = RAM_BASE + 0x1000 + 0x104 * k;
  runOne(engine, built);
  return built;
}

/** An octet beyond the instruction itself. */
const memoryOf = ({ octets }: Machine): Buffer => Buffer.from(octets.subarray(NEXT));

test.each([
  ['micro', MICRO],
  ['fast', createFast()],
] as const)(
  '%s',
  (_, engine) => {
    let met = 0;
    for (let half = 0; half < 0x1_0000; half += STRIDE) {
      const decoded = decode(half);
      if ((half & 3) === 3 || decoded === null) continue;
      met += 1;
      const { row, ...operands } = decoded;
      const [short, long] = [ran(engine, half), ran(engine, encode(row, operands))];
      const link = row.class === 'jump' ? operands.rd : 0;
      const words = [short, long].map(({ cpu }) =>
        cpu.x.map((x, k) => (k === link ? 0 : x)).join(),
      );
      expect(words[0], half.toString(16)).toBe(words[1]);
      if (link !== 0)
        expect([short, long].map(({ cpu }) => (cpu.x[link] ?? 0) >>> 0)).toEqual([
          RAM_BASE + 2,
          RAM_BASE + 4,
        ]);
      const branches = row.class === 'branch';
      const goesOn = row.class !== 'jump' && long.cpu.pc === RAM_BASE + 4;
      // A branch to four octets further on does not tell whether it was taken.
      if (!branches || operands.imm !== 4)
        expect(short.cpu.pc, half.toString(16)).toBe(goesOn ? RAM_BASE + 2 : long.cpu.pc);
      expect(memoryOf(short).equals(memoryOf(long)), half.toString(16)).toBe(true);
      expect(short.cpu.atNs).toBe(long.cpu.atNs);
    }
    expect(met).toBeGreaterThan(4000);
  },
  60_000,
);
