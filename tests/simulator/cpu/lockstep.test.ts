/** Two speeds, one truth: the fast engine against the control unit. */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RAM_BASE } from '../../../simulator/contract/map';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { writeCsr } from '../../../simulator/cpu/csrs';
import { canonical, type Mode } from '../../../simulator/cpu/state';
import { INTERRUPT, type Interrupt } from '../../../simulator/cpu/status';
import { setPending } from '../../../simulator/cpu/trap';
import { encode } from '../../../simulator/isa/rv32/encode';
import { TABLE } from '../../../simulator/isa/rv32/table';
import { DEVICE, machine, openMemory, RAM_OCTETS, type Machine } from './machine';
import { runs, slowMs } from '../../runs';

const CSRS = [0x300, 0x304, 0x305, 0x340, 0x341, 0x342, 0x343, 0x344, 0x306, 0xb00, 0xb80, 0xb02];
const SUPERVISORS = [0x100, 0x104, 0x105, 0x140, 0x141, 0x142, 0x143, 0x144, 0x180, 0x302, 0x303];
const MORE = [
  0x106, 0x320, 0xb82, 0xc00, 0xc01, 0xc02, 0xc80, 0xf14, 0x301, 0x3a0, 0x3a1, 0x3b0, 0x3b1, 0x7c0,
];

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
    csr: fc.constantFrom(...CSRS, ...SUPERVISORS, ...MORE),
    zimm: fc.integer({ min: 0, max: 31 }),
  })
  .map(({ row, ...operands }) => encode(row, operands));

/** What is none is mostly one of 16 bits. */
const half = fc.integer({ min: 0, max: 0xffff });

const word = fc.oneof(
  { weight: 9, arbitrary: instruction },
  { weight: 4, arbitrary: fc.tuple(half, half).map(([low, high]) => high * 0x1_0000 + low) },
  fc.integer().map((n) => n >>> 0),
);

/** Page tables in the last two pages of RAM, for its own pages at their own addresses. */
const ROOT = RAM_BASE + 0x6000;
const LEAVES = RAM_BASE + 0x7000;
const PAGES = RAM_OCTETS / 4096;
/** V, R, W, X, U, G, A, D from bit 0 on (Privileged Architecture §4.3.1). */
const FLAGS = [0xcf, 0xdf, 0xff, 0x1f, 0x0f, 0x4f, 0x47, 0x43, 0x59, 0x5b, 0x17, 0x01, 0x00];

const tables = fc.record({
  asid: fc.integer({ min: 0, max: 3 }),
  /** One page of 4 MiB, or 4 KiB each. */
  large: fc.boolean(),
  entries: fc.array(
    fc.record({
      page: fc.integer({ min: 0, max: PAGES - 1 }),
      flags: fc.oneof({ weight: 2, arbitrary: fc.constant(0xdf) }, fc.constantFrom(...FLAGS)),
    }),
    { minLength: PAGES, maxLength: PAGES },
  ),
});

const setting = fc.record({
  paging: fc.option(tables),
  delegated: fc.constantFrom(0, 0xffff, 0xb1ff),
  status: fc.constantFrom(0, 8, 0xa, 1 << 18, 3 << 18, (1 << 17) | (1 << 11), 1 << 20, 1 << 22),
  words: fc.array(word, { minLength: 1, maxLength: 60 }),
  registers: fc.array(
    fc.oneof(
      fc.integer(),
      fc.constantFrom(RAM_BASE, RAM_BASE + 0x1000, RAM_BASE + 0x2001, DEVICE, 0, -1, 0x1000),
      fc.integer({ min: 0, max: RAM_OCTETS }).map((n) => RAM_BASE + n),
    ),
    { minLength: 31, maxLength: 31 },
  ),
  mode: fc.constantFrom<Mode>(0, 1, 3),
  interrupts: fc.boolean(),
  open: fc.boolean(),
  stops: fc.array(
    fc.record({
      afterNs: fc.integer({ min: 1, max: 400 }),
      line: fc.constantFrom<Line>(1, 3, 5, 7, 9, 11),
    }),
    { minLength: 1, maxLength: 12 },
  ),
});

type Line = 1 | 3 | 5 | 7 | 9 | 11;

function page({ cpu, octets }: Machine, { asid, large, entries }: Tables): void {
  const view = new DataView(octets.buffer);
  const put = (at: number, frame: number, flags: number): void => {
    view.setUint32(at - RAM_BASE, ((frame / 4096) << 10) | flags, true);
  };
  const [first] = entries;
  const slot = ROOT + 4 * (RAM_BASE / 2 ** 22);
  if (large) put(slot, RAM_BASE, first?.flags ?? 0);
  else put(slot, LEAVES, 1);
  entries.forEach(({ page: to, flags }, from) => {
    put(LEAVES + 4 * from, RAM_BASE + 4096 * to, flags);
  });
  writeCsr(cpu, 0x180, 0x8000_0000 + asid * 2 ** 22 + ROOT / 4096);
}

type Tables = typeof tables extends fc.Arbitrary<infer T> ? T : never;
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

function build({ words, registers, mode, interrupts, open, ...more }: Setting): Machine {
  const built = machine(words);
  const { cpu } = built;
  registers.forEach((value, index) => {
    cpu.x[index + 1] = value;
  });
  cpu.mode = mode;
  if (open) openMemory(cpu);
  writeCsr(cpu, 0x305, RAM_BASE + 64);
  if (interrupts) {
    writeCsr(cpu, 0x304, 0xaaa);
    writeCsr(cpu, 0x300, 8);
  } else writeCsr(cpu, 0x300, more.status);
  writeCsr(cpu, 0x105, RAM_BASE + 98);
  writeCsr(cpu, 0x302, more.delegated);
  writeCsr(cpu, 0x303, more.delegated);
  if (more.paging !== null) page(built, more.paging);
  return built;
}

/**
 * A load of machine mode as supervisor mode, whose leaf of the page table is the load itself: A is
 * set in it, which makes it another instruction; but this one has been fetched already.
 */
const MARKED: Setting = {
  paging: {
    asid: 0,
    large: true,
    entries: Array.from({ length: PAGES }, () => ({ page: 0, flags: 1 })),
  },
  delegated: 0,
  status: (1 << 17) | (1 << 11),
  words: [0x0001_a083],
  registers: Array.from({ length: 31 }, () => RAM_BASE),
  mode: 3,
  interrupts: false,
  open: true,
  stops: [{ afterNs: 1, line: 1 }],
};

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
              // Those of supervisor mode are set from outside, too: by a platform's interrupt controller.
              setPending(cpu, line as Interrupt, on, untilNs, ports.costs);
            }
          }
          expect(quick.touched.every((page) => page < RAM_OCTETS / 4096)).toBe(true);
        }),
        { numRuns: runs(400), examples: [[MARKED]] },
      );
    },
    slowMs,
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
        { numRuns: runs(150) },
      );
    },
    slowMs,
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
        { numRuns: runs(150) },
      );
    },
    slowMs,
  );
});

test('the lines are the bits of mip', () => {
  expect(INTERRUPT).toEqual({ software: 3, timer: 7, external: 11 });
});
