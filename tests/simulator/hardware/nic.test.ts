import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../simulator/bits/crc';
import { write48 } from '../../../simulator/bits/words';
import { BROADCAST_MAC } from '../../../simulator/contract/address';
import { COSTS } from '../../../simulator/contract/costs';
import {
  CAUSE_OVERRUN,
  CAUSE_RECEIVED,
  CAUSE_TRANSMITTED,
  COMMAND_END,
  COMMAND_FCS,
  COMMAND_REPORT,
  REGISTER,
  type Register,
} from '../../../simulator/contract/e1000';
import { RAM_BASE } from '../../../simulator/contract/map';
import { START } from '../../../simulator/contract/position';
import { NEVER } from '../../../simulator/contract/time';
import type { Cause } from '../../../simulator/contract/see';
import * as nic from '../../../simulator/hardware/nic';
import * as ram from '../../../simulator/hardware/ram';

const MAC = 0x0200_0000_000b;
const RX_RING = RAM_BASE;
const TX_RING = RAM_BASE + 0x100;
const BUFFERS = RAM_BASE + 0x1000;
const COUNT = 8;
const CAUSE = { at: START, coarse: 0 };

const port = ram.portOf(ram.create(0x8000));

function frameTo(mac: number, lengthOctets = 64): Uint8Array {
  const octets = new Uint8Array(lengthOctets).fill(0x55);
  write48(octets, 0, mac);
  const fcs = crc32(octets, 0, lengthOctets - 4);
  for (let i = 0; i < 4; i++) octets[lengthOctets - 4 + i] = fcs >>> (8 * i);
  return octets;
}

type Bench = { readonly state: nic.Nic; now: number; done: nic.Done | nic.Dropped | null };

function store(bench: Bench, name: Register, value: number): void {
  nic.store(bench.state, { offset: REGISTER[name], value, cause: null }, bench.now, port, COSTS);
}

function give(bench: Bench, octets: Uint8Array, cause: Cause | null = null): void {
  bench.done = nic.arrive(bench.state, octets, bench.now, cause, COSTS);
}

function wake(bench: Bench): void {
  bench.now = nic.wakeAt(bench.state);
  bench.done = nic.wake(bench.state, bench.now, port, COSTS);
}

/** A started interface: rings of eight, seven receive buffers given. */
function started(): Bench {
  const bench: Bench = { state: nic.create(MAC, 100_000_000), now: 0, done: null };
  for (let index = 0; index < COUNT; index++) {
    port.store(RX_RING + index * 16, new Uint8Array(16));
    port.store32(RX_RING + index * 16, BUFFERS + index * 2048);
    port.store(TX_RING + index * 16, new Uint8Array(16));
  }
  const settings: [Register, number][] = [
    ['RDBAL', RX_RING],
    ['RDLEN', COUNT * 16],
    ['RDT', COUNT - 1],
    ['RCTL', 2],
    ['TDBAL', TX_RING],
    ['TDLEN', COUNT * 16],
    ['TCTL', 2],
    ['IMS', 0xff],
  ];
  for (const [name, value] of settings) store(bench, name, value);
  return bench;
}

function queue(bench: Bench, index: number, octets: Uint8Array): void {
  const buffer = BUFFERS + 0x4000 + index * 1024;
  port.store(buffer, octets);
  port.store32(TX_RING + index * 16, buffer);
  const command = COMMAND_END + COMMAND_FCS + COMMAND_REPORT;
  port.store32(TX_RING + index * 16 + 8, octets.length + command * 0x100_0000);
  port.store32(TX_RING + index * 16 + 12, 0);
  store(bench, 'TDT', (index + 1) % COUNT);
}

describe('receiving', () => {
  test('stores the frame without its FCS and reports it', () => {
    const bench = started();
    const frame = frameTo(MAC, 100);
    give(bench, frame, CAUSE);
    expect(nic.asserts(bench.state)).toBe(false);
    wake(bench);
    // 200 ns set-up and 100 octets at 400 octets a microsecond.
    expect(bench.now).toBe(450);
    expect(port.load(BUFFERS, 96)).toEqual(frame.subarray(0, 96));
    expect(port.load32(RX_RING + 8)).toBe(96);
    expect(port.load32(RX_RING + 12)).toBe(3);
    expect(bench.state.registers).toMatchObject({ RDH: 1, ICR: CAUSE_RECEIVED });
    expect(bench.done).toEqual({
      kind: 'stored',
      address: BUFFERS,
      lengthOctets: 96,
      cause: CAUSE,
    });
    expect(nic.asserts(bench.state)).toBe(true);
    store(bench, 'ICR', CAUSE_RECEIVED);
    expect(nic.asserts(bench.state)).toBe(false);
  });

  test.each([
    ['another address', frameTo(0x0200_0000_000c), 'notForUs'],
    ['a wrong FCS', frameTo(MAC).with(20, 0), 'badFcs'],
    ['a runt', frameTo(MAC, 60), 'badFcs'],
  ] as const)('drops a frame with %s and counts it', (_, octets, counter) => {
    const bench = started();
    give(bench, octets);
    expect(bench.state.counters[counter]).toBe(1);
    expect(bench.done?.kind).toBe('dropped');
    expect(nic.wakeAt(bench.state)).toBe(NEVER);
  });

  test('takes what is sent to the address in RAL and RAH, while that is valid', () => {
    const bench = started();
    expect(bench.state.registers).toMatchObject({ RAL: 2, RAH: 0x8000_0b00 });
    store(bench, 'RAL', 0x0403_0202);
    give(bench, frameTo(MAC));
    give(bench, frameTo(0x0202_0304_000b));
    store(bench, 'RAH', 0x0b00);
    give(bench, frameTo(0x0202_0304_000b));
    expect(bench.state.counters.notForUs).toBe(2);
    wake(bench);
    expect(bench.state.counters.received).toBe(1);
  });

  test('takes broadcasts', () => {
    const bench = started();
    give(bench, frameTo(BROADCAST_MAC));
    wake(bench);
    expect(bench.state.counters.received).toBe(1);
  });

  test('overruns when the driver gave no more buffers, and goes on when it does', () => {
    const bench = started();
    for (let count = 1; count < COUNT; count++) give(bench, frameTo(MAC));
    give(bench, frameTo(MAC), CAUSE);
    for (let count = 0; count < COUNT; count++) wake(bench);
    expect(bench.done).toMatchObject({ kind: 'refused', cause: CAUSE });
    expect(bench.state.counters).toMatchObject({ received: COUNT - 1, overruns: 1 });
    expect(bench.state.registers.ICR).toBe(CAUSE_RECEIVED | CAUSE_OVERRUN);
    store(bench, 'RDT', COUNT - 2);
    give(bench, frameTo(MAC));
    wake(bench);
    expect(bench.state.registers.RDH).toBe(0);
  });

  test('a buffer that is given later is not there before', () => {
    const bench = started();
    for (let count = 0; count < COUNT; count++) give(bench, frameTo(MAC));
    // The kernel is at work already, and gives the buffers back when it is done.
    bench.now = 50_000;
    store(bench, 'RDT', COUNT - 2);
    for (let count = 0; count < COUNT; count++) wake(bench);
    expect(bench.now).toBeLessThan(50_000);
    expect(bench.state.counters).toMatchObject({ received: COUNT - 1, overruns: 1 });
    bench.now = 50_000;
    give(bench, frameTo(MAC));
    wake(bench);
    expect(bench.state.counters.received).toBe(COUNT);
  });

  test.each([
    ['head', 'RDH', COUNT],
    ['tail', 'RDT', COUNT],
    ['whole of it', 'RDLEN', 0],
  ] as const)('finds no descriptor where the %s lies outside the ring', (_, name, value) => {
    const bench = started();
    store(bench, name, value);
    give(bench, frameTo(MAC));
    wake(bench);
    expect(bench.state.counters).toMatchObject({ received: 0, overruns: 1 });
  });

  test('is off until the driver turns it on', () => {
    const bench = started();
    store(bench, 'RCTL', 0);
    give(bench, frameTo(MAC));
    expect(bench.state.counters.overruns).toBe(1);
  });
});

describe('transmitting', () => {
  test('appends the FCS, marks the descriptor and reports', () => {
    const bench = started();
    const payload = frameTo(1).subarray(0, 60);
    queue(bench, 0, payload);
    wake(bench);
    expect(bench.done).toMatchObject({ kind: 'fetched', octets: frameTo(1), cause: null });
    expect(port.load32(TX_RING + 12)).toBe(1);
    expect(bench.state.registers).toMatchObject({ TDH: 1, ICR: CAUSE_TRANSMITTED });
  });

  test('pads what is shorter than 60 octets with zeros', () => {
    const bench = started();
    queue(bench, 0, Uint8Array.of(1, 2, 3));
    wake(bench);
    const octets = bench.done?.kind === 'fetched' ? bench.done.octets : new Uint8Array(0);
    expect([octets.length, crc32(octets)]).toEqual([64, 0x2144_df1c]);
    expect([...octets.subarray(0, 60)]).toEqual([1, 2, 3, ...new Array<number>(57).fill(0)]);
  });

  test('a second frame leaves when the line is free: 84 octet times later at 100 Mb/s', () => {
    const bench = started();
    queue(bench, 0, frameTo(1).subarray(0, 60));
    queue(bench, 1, frameTo(1).subarray(0, 60));
    wake(bench);
    const first = bench.now;
    wake(bench);
    expect(bench.now - first).toBe(84 * 8 * 10);
  });

  test('no frame is fetched before its doorbell rings, however early the kernel orders it', () => {
    const bench = started();
    queue(bench, 0, frameTo(1).subarray(0, 60));
    bench.now = 50_000;
    queue(bench, 1, frameTo(1).subarray(0, 60));
    wake(bench);
    expect(bench.now).toBeLessThan(50_000);
    wake(bench);
    // 200 ns set-up, 16 octets of descriptor and 60 of frame at 400 octets a microsecond.
    expect(bench.now).toBe(50_390);
  });

  test('a full frame occupies the line for 123.04 µs with preamble and gap', () => {
    const bench = started();
    const full = new Uint8Array(1514);
    queue(bench, 0, full.subarray(0, 1000));
    port.store32(TX_RING + 8, 1514 + 0x0b00_0000);
    wake(bench);
    expect(bench.state.lineFreeAtNs - bench.now).toBe(123_040);
  });

  test('a copy stays as it is, and a restore brings it back', () => {
    const bench = started();
    queue(bench, 0, frameTo(1).subarray(0, 60));
    const kept = nic.copy(bench.state);
    const text = JSON.stringify(kept);
    wake(bench);
    give(bench, frameTo(MAC));
    expect(JSON.stringify(kept)).toBe(text);
    nic.restore(bench.state, kept);
    expect(bench.state).toEqual(kept);
  });

  test.each([
    ['tail beyond the ring', 'TDT', COUNT],
    ['tail far beyond the ring', 'TDT', 0xffff_ffff],
    ['head beyond the ring', 'TDH', COUNT],
    ['ring of no length', 'TDLEN', 0],
  ] as const)('a %s gives the interface nothing, until it is put right', (_, name, value) => {
    const bench = started();
    const before = bench.state.registers[name];
    store(bench, name, value);
    if (name !== 'TDT') store(bench, 'TDT', 2);
    expect([nic.wakeAt(bench.state), bench.state.given]).toEqual([NEVER, []]);
    store(bench, name, before);
    queue(bench, 0, frameTo(1).subarray(0, 60));
    expect(bench.state.given).toHaveLength(1);
    wake(bench);
    expect(bench.done).toMatchObject({ kind: 'fetched', octets: frameTo(1) });
    expect(nic.wakeAt(bench.state)).toBe(NEVER);
  });

  test('a tail that goes back takes back what was given last', () => {
    const bench = started();
    for (let index = 0; index < 3; index++) queue(bench, index, frameTo(1).subarray(0, 60));
    store(bench, 'TDT', 1);
    expect(bench.state.given).toHaveLength(1);
    wake(bench);
    expect([bench.state.counters.sent, nic.wakeAt(bench.state)]).toEqual([1, NEVER]);
  });

  test.each([
    ['tail goes back to the head', 'TDT', 0],
    ['tail leaves the ring', 'TDT', COUNT],
    ['ring becomes one of no length', 'TDLEN', 0],
  ] as const)('a fetch under way when the %s brings no frame', (_, name, value) => {
    const bench = started();
    queue(bench, 0, frameTo(1).subarray(0, 60));
    store(bench, name, value);
    wake(bench);
    expect([bench.done, nic.wakeAt(bench.state)]).toEqual([null, NEVER]);
    expect(bench.state.counters.sent).toBe(0);
    expect(bench.state.registers.TDH).toBe(0);
  });

  test.each(['RDLEN', 'TDLEN'] as const)('%s keeps a multiple of 128 octets', (name) => {
    const bench = started();
    store(bench, name, 0xffff_ffff);
    expect(bench.state.registers[name]).toBe(0xf_ff80);
  });

  test('the ring wraps around', () => {
    const bench = started();
    for (let count = 0; count < COUNT + 2; count++) {
      queue(bench, count % COUNT, frameTo(1).subarray(0, 60));
      wake(bench);
    }
    expect(bench.state.registers.TDH).toBe(2);
    expect(bench.state.counters.sent).toBe(COUNT + 2);
  });
});
