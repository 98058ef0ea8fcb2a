/**
 * The numbers that others published of TCP, from our machine over a plain path: full segments of
 * 1,460 octets, an initial window of ten (RFC 6928), windows as large as the buffers, every segment
 * acknowledged unless a test says otherwise. Losses hit data alone, from the seeds 1 to 20.
 */
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../../simulator/protocols/tcp';
import { transfer, type Path, type Transfer } from './path';

const MSS = 1460;
const ROUND_NS = 20_000_000;

const large: Partial<Settings> = {
  windowScale: true,
  sendBufferOctets: 4_000_000,
  receiveBufferOctets: 6_000_000,
};
const DELAYED: Partial<Settings> = { ...large, delayedAckNs: 40_000_000 };

/** 100 Mb/s, 10 ms each way. */
const PATH: Path = {
  octets: 10_000_000,
  bitsPerSecond: 100_000_000,
  delayNs: ROUND_NS / 2,
  client: large,
  server: large,
};

/** The congestion window in segments at the first ACK of each round trip of data. */
function windows(path: Path, rounds: number): number[] {
  const found: number[] = [];
  transfer({
    ...path,
    watch: ({ congestion }, now) => {
      // The handshake takes a round, and the first data another.
      const round = Math.floor(now / ROUND_NS) - 2;
      if (round >= 0) found[round] ??= congestion.cwndOctets / MSS;
    },
  });
  return found.slice(0, rounds);
}

/** Round trips until `octets` have arrived, from when the first of them leaves. */
function rounds(octets: number): number {
  const fast = { ...PATH, octets, bitsPerSecond: 100_000_000_000 };
  const { tookNs } = transfer(fast);
  // The handshake takes one, and the last octets need half a round to arrive.
  return Math.round((tookNs - ROUND_NS / 2) / ROUND_NS);
}

describe('slow start', () => {
  test.each([
    [14_600, 1],
    [100_000, 3],
    [1_000_000, 7],
  ])('%i octets take %i rounds', (octets, expected) => {
    expect(rounds(octets)).toBe(expected);
  });

  test('doubles the window each round trip (ns-3.37: 11, 22, 42, 83, 164, 324)', () => {
    const measured = windows(PATH, 6).map((segments) => Math.round(segments));
    for (const [round, published] of [11, 22, 42, 83, 164, 324].entries()) {
      expect(Math.abs((measured[round] ?? 0) / published - 1)).toBeLessThan(0.05);
    }
    expect(measured).toEqual([11, 21, 41, 81, 161, 319]);
  });

  test('grows by half with delayed acknowledgments', () => {
    const measured = windows({ ...PATH, server: DELAYED }, 8);
    for (let round = 2; round < 8; round++) {
      const ratio = (measured[round] ?? 0) / (measured[round - 1] ?? 1);
      expect(ratio).toBeGreaterThan(1.4);
      expect(ratio).toBeLessThan(1.56);
    }
  });
});

const mean = (runs: readonly Transfer[]): number =>
  runs.reduce((sum, run) => sum + run.megabitsPerSecond, 0) / runs.length;

const losing = (more: Partial<Path>): Transfer[] =>
  Array.from({ length: 20 }, (_, index) =>
    transfer({ ...PATH, loss: 10_000, seed: index + 1, ...more }),
  );

describe('10 MB over 100 Mb/s, 10 ms each way', () => {
  test('without loss take 0.969 s, 82.6 Mb/s (ns-3.37), within 5 %', () => {
    const { tookNs, megabitsPerSecond, whole } = transfer(PATH);
    expect(whole).toBe(true);
    expect(Math.abs(tookNs / 969_000_000 - 1)).toBeLessThan(0.05);
    expect(Math.abs(megabitsPerSecond / 82.6 - 1)).toBeLessThan(0.05);
  });

  test('with 1 % loss, NewReno: 5.0 to 7.3 Mb/s in the mean of 20 (5.93 ns-3, 6.05 Linux)', () => {
    const runs = losing({});
    expect(runs.every(({ whole, lost }) => whole && lost > 30)).toBe(true);
    expect(mean(runs)).toBeGreaterThan(5);
    expect(mean(runs)).toBeLessThan(7.3);
  });

  test('with delayed acknowledgments it is about two thirds (3.92 ns-3, 4.99 Mathis)', () => {
    const runs = losing({ server: DELAYED });
    expect(runs.every(({ whole }) => whole)).toBe(true);
    expect(mean(runs)).toBeGreaterThan(3.7);
    expect(mean(runs)).toBeLessThan(5.2);
  });

  test('CUBIC gets more of such a path than NewReno, and every octet arrives', () => {
    const runs = losing({ client: { ...large, congestion: 'cubic' } });
    expect(runs.every(({ whole }) => whole)).toBe(true);
    expect(mean(runs)).toBeGreaterThan(mean(losing({})));
  });

  test('a queue that overflows costs time and no octet', () => {
    const run = transfer({ ...PATH, octets: 3_000_000, queuePackets: 50 });
    expect(run.dropped).toBeGreaterThan(10);
    expect(run.whole).toBe(true);
  });
});

test('a window of 16 KiB at 20 ms lets through 6.55 Mb/s at most, and nearly that', () => {
  const server = { receiveBufferOctets: 16_384 };
  // Small segments: of full ones 11 fit, and the rest of the window stays empty.
  const run = transfer({ ...PATH, octets: 4_000_000, mss: 512, server });
  expect(run.megabitsPerSecond).toBeLessThan(6.5536);
  expect(run.megabitsPerSecond).toBeGreaterThan(6.5536 * 0.95);
});
