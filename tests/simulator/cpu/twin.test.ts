/** Both engines against the independent twin, on random programs of RV32IMA. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RAM_BASE } from '../../../simulator/contract/map';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { encode } from '../../../simulator/isa/rv32/encode';
import { TABLE } from '../../../simulator/isa/rv32/table';
import { machine, RAM_OCTETS, runOne } from './machine';
import { runs, slowMs } from '../../runs';
import { step, type Twin } from './twin';

const rows = TABLE.filter((row) => row.class !== 'csr' && row.class !== 'system');
const near = fc.integer({ min: 0, max: RAM_OCTETS - 1 }).map((n) => (RAM_BASE + n) | 0);
const register = fc.integer({ min: 0, max: 31 });

const instruction = fc
  .record({
    row: fc.constantFrom(...rows),
    rd: register,
    rs1: register,
    rs2: register,
    imm: fc.oneof(
      fc.integer({ min: -8, max: 24 }).map((n) => n * 4),
      fc.integer(),
    ),
  })
  .map(({ row, ...operands }) => encode(row, operands));

const plan = fc.record({
  words: fc.array(fc.oneof({ weight: 9, arbitrary: instruction }, fc.integer()), {
    minLength: 4,
    maxLength: 40,
  }),
  registers: fc.array(fc.oneof(near, fc.integer()), { minLength: 31, maxLength: 31 }),
});

test.each([
  ['micro', MICRO],
  ['fast', createFast()],
])(
  '%s does what the twin does',
  (_, engine) => {
    let instructions = 0;
    fc.assert(
      fc.property(plan, ({ words, registers }) => {
        const built = machine(words.map((word) => word >>> 0));
        const { cpu, octets } = built;
        const memory = new Map<bigint, bigint>();
        octets.forEach(
          (octet, at) => octet > 0 && memory.set(BigInt(RAM_BASE + at), BigInt(octet)),
        );
        const low = BigInt(RAM_BASE);
        const high = low + BigInt(RAM_OCTETS);
        const twin: Twin = {
          pc: low,
          x: new Array<bigint>(32).fill(0n),
          low,
          high,
          memory,
          reserved: null,
        };
        registers.forEach((value, index) => {
          cpu.x[index + 1] = value;
          twin.x[index + 1] = BigInt(value >>> 0);
        });
        for (let count = 0; count < 60; count++) {
          if (!step(twin)) {
            // Where one would trap, both go on elsewhere.
            cpu.pc = RAM_BASE + 4 * ((count * 7) % words.length);
            twin.pc = BigInt(cpu.pc);
            continue;
          }
          runOne(engine, built);
          instructions += 1;
          expect(BigInt(cpu.pc)).toBe(twin.pc);
          expect(Array.from(cpu.x, (value) => value >>> 0).join()).toBe(twin.x.join());
        }
        const differing = octets.findIndex(
          (octet, at) => octet !== Number(memory.get(BigInt(RAM_BASE + at)) ?? 0n),
        );
        expect(differing).toBe(-1);
      }),
      { numRuns: runs(250) },
    );
    expect(instructions).toBeGreaterThan(3000);
  },
  slowMs,
);
