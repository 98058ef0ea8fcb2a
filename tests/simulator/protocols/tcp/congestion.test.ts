/** The controls of the congestion window, each against its RFC. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cubeRoot } from '../../../../simulator/bits/cubeRoot';
import { CUBIC } from '../../../../simulator/protocols/tcp/congestion/cubic';
import { NEW_RENO } from '../../../../simulator/protocols/tcp/congestion/newReno';
import {
  create,
  initialOctets,
  type Control,
  type Window,
} from '../../../../simulator/protocols/tcp/congestion/window';

const MSS = 1000;
const SECOND = 1_000_000_000;

test.each([
  [1460, 10, 14_600],
  [536, 10, 5360],
  [9000, 10, 18_000],
  [1460, 1, 1460],
  [1460, 4, 5840],
])('with segments of %i octets %i of them are %i (RFC 6928 §2)', (mss, segments, octets) => {
  expect(initialOctets(mss, segments)).toBe(octets);
});

describe('the cube root', () => {
  test.each([
    [0, 0],
    [1, 1],
    [8, 2],
    [27, 3],
    [1e-9, 1e-3],
    [1e24, 1e8],
  ])('of %f is %f', (value, root) => {
    expect(Math.abs(cubeRoot(value) - root)).toBeLessThanOrEqual(root * 1e-14);
  });

  test('of any number gives it back', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e24, noNaN: true }), (value) => {
        const root = cubeRoot(value);
        expect(Math.abs(root * root * root - value)).toBeLessThanOrEqual(value * 1e-14);
      }),
    );
  });
});

const windowOf = (segments: number, thresholdSegments: number): Window => ({
  ...create(MSS, 10),
  cwndOctets: segments * MSS,
  ssthreshOctets: thresholdSegments * MSS,
});

/** So many segments acknowledged one by one, all at `now`. */
function acknowledge(control: Control, window: Window, segments: number, now: number): void {
  for (let count = 0; count < segments; count++)
    control.acknowledged(window, { octets: MSS, mssOctets: MSS, now, srttNs: SECOND / 10 });
}

describe.each([NEW_RENO, CUBIC])('$name', (control) => {
  test('in slow start: a segment for each that is acknowledged, at most one an ACK', () => {
    const window = windowOf(10, 100);
    acknowledge(control, window, 10, 0);
    expect(window.cwndOctets).toBe(20 * MSS);
    control.acknowledged(window, { octets: 5 * MSS, mssOctets: MSS, now: 0, srttNs: null });
    expect(window.cwndOctets).toBe(21 * MSS);
  });

  test('the threshold after a loss is never below two segments', () => {
    const window = windowOf(2, 100);
    control.lost(window, { flightOctets: MSS, mssOctets: MSS });
    expect(window.ssthreshOctets).toBe(2 * MSS);
  });
});

describe('NewReno', () => {
  test('in congestion avoidance: about a segment each round trip', () => {
    const window = windowOf(20, 10);
    acknowledge(NEW_RENO, window, 20, 0);
    expect(window.cwndOctets / MSS).toBeGreaterThan(20.9);
    expect(window.cwndOctets / MSS).toBeLessThanOrEqual(21);
  });

  test('halves what was on the way', () => {
    const window = windowOf(40, 100);
    NEW_RENO.lost(window, { flightOctets: 30 * MSS, mssOctets: MSS });
    expect(window.ssthreshOctets).toBe(15 * MSS);
  });
});

describe('CUBIC', () => {
  /** A window of 100 segments loses one, and goes on from seven tenths. */
  function afterLoss(segments = 100): Window {
    const window = windowOf(segments, 0);
    CUBIC.lost(window, { flightOctets: segments * MSS, mssOctets: MSS });
    window.cwndOctets = window.ssthreshOctets;
    return window;
  }

  test('keeps seven tenths (§4.6)', () => {
    expect(afterLoss().ssthreshOctets).toBe(70 * MSS);
  });

  test('is back where the loss was after K seconds, and hardly moves there (§4.2)', () => {
    const window = afterLoss();
    // K is the cube root of 30 segments over 0.4: 4.2172 s.
    const kNs = 4_217_163_327;
    const before: number[] = [];
    for (let now = 0; now <= 2 * kNs; now += SECOND / 10) {
      before.push(window.cwndOctets / MSS);
      acknowledge(CUBIC, window, Math.floor(window.cwndOctets / MSS), now);
    }
    const at = (ns: number): number => before[Math.floor(ns / (SECOND / 10))] ?? 0;
    expect(at(kNs)).toBeGreaterThan(99);
    expect(at(kNs)).toBeLessThan(101);
    // Flat around K, steep before and after it, and as far above it as it was below.
    expect(at(kNs + SECOND / 2) - at(kNs - SECOND / 2)).toBeLessThan(1);
    expect(at(SECOND) - at(0)).toBeGreaterThan(10);
    expect(at(2 * kNs - SECOND / 10)).toBeGreaterThan(120);
    expect(before.every((segments, index) => segments >= (before[index - 1] ?? 0))).toBe(true);
  });

  test('follows the curve of the RFC within a round trip', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 2000 }), (segments) => {
        const window = afterLoss(segments);
        const start = window.cwndOctets / MSS;
        const k = Math.cbrt((segments - start) / 0.4);
        const srtt = 0.1;
        for (let t = 0; t < 2 * k; t += srtt) {
          acknowledge(CUBIC, window, Math.floor(window.cwndOctets / MSS), Math.round(t * SECOND));
          const cubic = 0.4 * (t + srtt - k) ** 3 + segments;
          // Reno's estimate may be ahead of it (§4.3), and no round adds more than half.
          expect(window.cwndOctets / MSS).toBeGreaterThan(Math.min(cubic, start * 1.4) * 0.96 - 1);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('that loses below its last maximum makes room for others (§4.7)', () => {
    const window = afterLoss();
    window.cwndOctets = 80 * MSS;
    CUBIC.lost(window, { flightOctets: 80 * MSS, mssOctets: MSS });
    expect(window.memory).toMatchObject({ max: (80 * 1.7) / 2, prior: 80 });
    expect(window.ssthreshOctets).toBe(56 * MSS);
  });

  test('on short round trips grows no slower than Reno (§4.3)', () => {
    const [cubic, reno] = [afterLoss(10), afterLoss(10)];
    reno.memory = null;
    for (let now = 0; now < SECOND; now += SECOND / 1000) {
      acknowledge(CUBIC, cubic, 1, now);
      acknowledge(NEW_RENO, reno, 1, now);
    }
    expect(cubic.cwndOctets).toBeGreaterThan(reno.cwndOctets * 0.85);
  });
});
