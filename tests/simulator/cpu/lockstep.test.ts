/** Two speeds, one truth: the fast engine against the control unit. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RAM_BASE } from '../../../simulator/contract/map';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { writeCsr } from '../../../simulator/cpu/csrs';
import { canonical, type Mode } from '../../../simulator/cpu/state';
import { INTERRUPT } from '../../../simulator/cpu/status';
import { setPending } from '../../../simulator/cpu/trap';
import { encode } from '../../../simulator/isa/rv32/encode';
import { TABLE } from '../../../simulator/isa/rv32/table';
import { DEVICE, machine, openMemory, RAM_OCTETS, type Machine } from './machine';

/** A limit for a crowded machine; alone each takes about a second. */
const SLOW_MS = 60_000;

const CSRS = [0x300, 0x304, 0x305, 0x340, 0x341, 0x342, 0x343, 0x344, 0x306, 0xb00, 0xb80, 0xb02];
const MORE = [0xb82, 0xc00, 0xc01, 0xc02, 0xc80, 0xf14, 0x301, 0x3a0, 0x3a1, 0x3b0, 0x3b1, 0x7c0];

/** Mostly real instructions with small targets, so that programs loop, store and meet each other. */
const instruction = fc
  .record({
    row: fc.constantFrom(...TABLE),
    rd: fc.integer({ min: 0, max: 31 }),
    rs1: fc.integer({ min: 0, max: 31 }),
    rs2: fc.integer({ min: 0, max: 31 }),
    imm: fc.oneof(
      fc.integer({ min: -16, max: 16 }).map((n) => n * 4),
      fc.integer({ min: -2048, max: 2047 }),
      fc.integer(),
    ),
    csr: fc.constantFrom(...CSRS, ...MORE),
    zimm: fc.integer({ min: 0, max: 31 }),
  })
  .map(({ row, ...operands }) => encode(row, operands));

const word = fc.oneof(
  { weight: 9, arbitrary: instruction },
  fc.integer().map((n) => n >>> 0),
);

const setting = fc.record({
  words: fc.array(word, { minLength: 1, maxLength: 60 }),
  registers: fc.array(
    fc.oneof(
      fc.integer(),
      fc.constantFrom(RAM_BASE, RAM_BASE + 0x1000, RAM_BASE + 0x2001, DEVICE, 0, -1, 0x1000),
      fc.integer({ min: 0, max: RAM_OCTETS }).map((n) => RAM_BASE + n),
    ),
    { minLength: 31, maxLength: 31 },
  ),
  mode: fc.constantFrom<Mode>(0, 3),
  interrupts: fc.boolean(),
  open: fc.boolean(),
  stops: fc.array(
    fc.record({ afterNs: fc.integer({ min: 1, max: 400 }), line: fc.constantFrom(3, 7, 11) }),
    { minLength: 1, maxLength: 12 },
  ),
});

type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

function build({ words, registers, mode, interrupts, open }: Setting): Machine {
  const built = machine(words);
  const { cpu } = built;
  registers.forEach((value, index) => {
    cpu.x[index + 1] = value;
  });
  cpu.mode = mode;
  if (open) openMemory(cpu);
  writeCsr(cpu, 0x305, RAM_BASE + 64);
  if (interrupts) {
    writeCsr(cpu, 0x304, 0x888);
    writeCsr(cpu, 0x300, 8);
  }
  return built;
}

/** Texts: quick to compare, and a difference can be read. */
const picture = ({ cpu, octets, device }: Machine): unknown => ({
  cpu: JSON.stringify(canonical(cpu)),
  octets: Buffer.from(octets).toString('base64'),
  device: JSON.stringify(device),
});

describe('micro and fast', () => {
  test(
    'agree on every register, CSR and octet, stopped and interrupted anywhere',
    () => {
      fc.assert(
        fc.property(setting, (plan) => {
          const slow = build(plan);
          const quick = build(plan);
          const fast = createFast();
          let untilNs = 0;
          for (const { afterNs, line } of plan.stops) {
            untilNs += afterNs * 10;
            for (let turn = 0; turn < 50; turn++) {
              const reason = MICRO.run(slow.cpu, slow.ports, untilNs);
              expect(fast.run(quick.cpu, quick.ports, untilNs)).toBe(reason);
              expect(picture(quick)).toEqual(picture(slow));
              if (reason !== 'device') break;
            }
            for (const { cpu, ports } of [slow, quick]) {
              const on = ((cpu.csr[2]! >>> line) & 1) === 0;
              setPending(cpu, line, on, untilNs, ports.costs);
            }
          }
          expect(quick.touched.every((page) => page < RAM_OCTETS / 4096)).toBe(true);
        }),
        { numRuns: 400 },
      );
    },
    SLOW_MS,
  );

  test(
    'an observer sees the same boundaries from both',
    () => {
      fc.assert(
        fc.property(setting, (plan) => {
          const seen: [number, number][][] = [[], []];
          [MICRO, createFast()].forEach((engine, which) => {
            const { cpu, ports } = build(plan);
            for (let turn = 0; turn < 40; turn++) {
              const reason = engine.run(cpu, ports, 4000, (at) =>
                seen[which]!.push([at.atNs, at.pc]),
              );
              if (reason !== 'device') break;
            }
          });
          expect(seen[1]).toEqual(seen[0]);
        }),
        { numRuns: 150 },
      );
    },
    SLOW_MS,
  );

  test(
    'a run in pieces is the run as a whole',
    () => {
      fc.assert(
        fc.property(setting, fc.integer({ min: 10, max: 500 }), (plan, pieceNs) => {
          const whole = build(plan);
          const pieces = build(plan);
          const engines = [createFast(), createFast()] as const;
          while (engines[0].run(whole.cpu, whole.ports, 5000) === 'device');
          for (let untilNs = pieceNs; ; untilNs = Math.min(untilNs + pieceNs, 5000)) {
            while (engines[1].run(pieces.cpu, pieces.ports, untilNs) === 'device');
            if (untilNs >= 5000) break;
          }
          expect(picture(pieces)).toEqual(picture(whole));
        }),
        { numRuns: 150 },
      );
    },
    SLOW_MS,
  );
});

test('the lines are the bits of mip', () => {
  expect(INTERRUPT).toEqual({ software: 3, timer: 7, external: 11 });
});
