import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { streamOf } from '../../../simulator/bits/random';
import { NEVER } from '../../../simulator/contract/time';
import * as cable from '../../../simulator/link/cable';
import type { Bursts, Parameters } from '../../../simulator/link/parameters';

const GOOD = { bitsPerSecond: 100_000_000, lengthMetres: 20 };
const START = cable.create(GOOD, streamOf(1, 'cable'));
const OCTETS = Uint8Array.from({ length: 64 }, (_, index) => index);
/** 72 octets with preamble at 80 ns each, and 20 m at 5 ns. */
const TRANSIT_NS = 72 * 80 + 100;
/** When the line is free for the next: the gap of 12 octets goes by as well. */
const FREE_NS = 84 * 80;

type Out = { readonly state: cable.Cable; readonly notes: readonly cable.Note[] };

/** Leaves `before` as it is, so that every moment can be looked at again. So do the others. */
function step(before: cable.Cable, input: cable.Input): Out {
  const state = cable.copy(before);
  return { state, notes: cable.step(state, input) };
}

function send(before: cable.Cable, now: number, from: cable.End = 0): cable.Cable {
  const state = cable.copy(before);
  cable.enter(state, cable.depart(state, from, OCTETS, now, null));
  return state;
}

function wake(before: cable.Cable, now: number): [cable.Cable, cable.Flight | null] {
  const state = cable.copy(before);
  return [state, cable.arrive(state, now)];
}

/** Runs until nothing is under way; answers what came out, and when. */
function drain(start: cable.Cable): { state: cable.Cable; out: [number, cable.Flight][] } {
  let state = start;
  const out: [number, cable.Flight][] = [];
  for (let now = cable.wakeAt(state); now !== NEVER; now = cable.wakeAt(state)) {
    const [next, flight] = wake(state, now);
    if (flight !== null) out.push([now, flight]);
    state = next;
  }
  return { state, out };
}

const fault = (state: cable.Cable, what: cable.Fault, frame?: number): Out =>
  step(
    state,
    frame === undefined ? { kind: 'fault', fault: what } : { kind: 'fault', fault: what, frame },
  );

test('a frame arrives after its line time and the way', () => {
  const { out, state } = drain(send(START, 1000));
  expect(out.map(([at, flight]) => [at, flight.from, flight.octets])).toEqual([
    [1000 + TRANSIT_NS, 0, OCTETS],
  ]);
  expect(state).toMatchObject({ sent: 1, arrived: 1, lost: 0 });
});

test('both directions are independent', () => {
  const { out } = drain(send(send(START, 0, 0), 5, 1));
  expect(out.map(([at, flight]) => [at, flight.from])).toEqual([
    [TRANSIT_NS, 0],
    [TRANSIT_NS + 5, 1],
  ]);
});

test('a dropped frame does not arrive', () => {
  const { state, notes } = fault(send(START, 0), { kind: 'drop' }, 0);
  expect(notes.map(({ kind }) => kind)).toEqual(['lost']);
  expect(drain(state).out).toEqual([]);
  expect(state.lost).toBe(1);
});

test('a corrupted frame arrives with one bit flipped, and what was sent stays as it was', () => {
  const { state } = fault(send(START, 0), { kind: 'corrupt', bit: 83 }, 0);
  const [arrival] = drain(state).out;
  expect(arrival?.[1].octets).toEqual(OCTETS.with(10, 10 ^ 8));
  expect(OCTETS[10]).toBe(10);
});

test.each([
  ['one flip', [83], 1],
  ['two flips of one bit', [83, 83], 0],
  ['flips of two bits', [83, 84], 1],
  ['three flips of one bit', [83, 83, 83], 1],
])('%s: counted as corrupted is what arrives other than it was sent', (_, bits, corrupted) => {
  const begin = send(START, 0);
  const state = bits.reduce((at, bit) => fault(at, { kind: 'corrupt', bit }, 0).state, begin);
  const end = drain(state);
  expect(end.state.corrupted).toBe(corrupted);
  expect(end.out[0]?.[1].octets.join() === OCTETS.join()).toBe(corrupted === 0);
});

test('a random corruption draws from the cable’s own stream', () => {
  const one = fault(send(START, 0), { kind: 'corrupt' }, 0).state;
  const two = fault(send(START, 0), { kind: 'corrupt' }, 0).state;
  expect(one).toEqual(two);
  expect(one.stream).not.toEqual(START.stream);
});

test('a delayed frame is overtaken', () => {
  const both = send(send(START, 0), FREE_NS);
  const { out } = drain(fault(both, { kind: 'delay', delayNs: 7000 }, 0).state);
  expect(out.map(([at, { number }]) => [number, at])).toEqual([
    [1, TRANSIT_NS + FREE_NS],
    [0, TRANSIT_NS + 7000],
  ]);
});

test('a duplicated frame arrives twice', () => {
  const { out } = drain(fault(send(START, 0), { kind: 'duplicate' }, 0).state);
  expect(out.map(([, { octets }]) => octets)).toEqual([OCTETS, OCTETS]);
});

test('without a frame a fault waits for the next', () => {
  const armed = fault(START, { kind: 'drop' }).state;
  const { state, out } = drain(send(send(armed, 0), 10));
  expect(out.map(([, { number }]) => number)).toEqual([1]);
  expect(state.armed).toEqual([]);
});

test('a fault on a frame that is gone is ignored, with a reason', () => {
  const { state, notes } = fault(START, { kind: 'drop' }, 7);
  expect(state).toEqual(START);
  expect(notes).toEqual([{ kind: 'ignored', why: 'frame 7 is not under way' }]);
});

test('a cut loses what is under way and what is sent, until it is mended', () => {
  const cut = step(send(START, 0), { kind: 'cut' }).state;
  const still = send(cut, 2);
  expect(still).toMatchObject({ sent: 2, lost: 2, flights: [] });
  const mended = step(still, { kind: 'mend' }).state;
  expect(drain(send(mended, 4)).out).toHaveLength(1);
});

const doing = fc.oneof(
  fc.constant('send' as const),
  fc.constant('cut' as const),
  fc.constant('mend' as const),
  fc.constant('wake' as const),
  fc.record({
    fault: fc.oneof(
      fc.constantFrom<cable.Fault>({ kind: 'drop' }, { kind: 'corrupt' }, { kind: 'duplicate' }),
      fc.record({ kind: fc.constant('delay' as const), delayNs: fc.nat(100_000) }),
    ),
    frame: fc.option(fc.nat(12), { nil: undefined }),
  }),
);

test('whatever is done, every frame is under way, arrived or lost; and arrivals are in order', () => {
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 60 }), (acts) => {
      let state = START;
      let now = 0;
      for (const act of acts) {
        now += 700;
        if (act === 'send') state = send(state, now, now % 2 === 0 ? 0 : 1);
        else if (act === 'wake') {
          if (cable.wakeAt(state) > now) continue;
          state = wake(state, now)[0];
        } else if (typeof act === 'string') state = step(state, { kind: act }).state;
        else state = fault(state, act.fault, act.frame).state;
        expect(state.sent).toBe(state.arrived + state.lost + state.flights.length);
        const times = state.flights.map(({ arriveNs }) => arriveNs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
    }),
  );
});

test.each<[cable.Input & { kind: 'set' }, number]>([
  [{ kind: 'set', field: 'bitsPerSecond', value: 10_000_000 }, 72 * 800 + 100],
  [{ kind: 'set', field: 'lengthMetres', value: 2000 }, 72 * 80 + 10_000],
])('another cable from now on, %j: what is under way keeps its time', (input, transitNs) => {
  const { state, notes } = step(send(START, 0), input);
  expect(notes).toEqual([{ ...input, kind: 'changed' }]);
  const { out } = drain(send(state, FREE_NS));
  expect(out.map(([at]) => at)).toEqual([TRANSIT_NS, FREE_NS + transitNs]);
});

test('a frame that comes too soon waits for the line, and the gap before it', () => {
  const { out } = drain(send(send(send(START, 0), 10), 20, 1));
  expect(out.map(([at, { number, departNs }]) => [number, departNs, at])).toEqual([
    [0, 0, TRANSIT_NS],
    [2, 20, TRANSIT_NS + 20],
    [1, FREE_NS, FREE_NS + TRANSIT_NS],
  ]);
});

test('full frames on 100 Mb/s come every 123.04 µs, 8,127 a second', () => {
  const full = new Uint8Array(1518);
  const state = cable.copy(START);
  const departs = Array.from({ length: 3 }, () => {
    const flight = cable.depart(state, 0, full, 0, null);
    cable.enter(state, flight);
    return flight.departNs;
  });
  expect(departs).toEqual([0, 123_040, 246_080]);
  expect(Math.floor(1e9 / 123_040)).toBe(8127);
});

test('a delay comes on top of the length', () => {
  const long = cable.create({ ...GOOD, delayNs: 10_000_000 }, streamOf(1, 'cable'));
  expect(drain(send(long, 0)).out[0]?.[0]).toBe(TRANSIT_NS + 10_000_000);
});

describe('chance', () => {
  const COUNT = 20_000;

  /** What becomes of so many frames, one after another, on a cable like that. */
  function many(more: Partial<Parameters>, bursts: Bursts | null = null, seed = 1) {
    const state = cable.create({ ...GOOD, ...more }, streamOf(seed, 'cable'), bursts);
    const found = { lost: 0, doubled: 0, damaged: 0, overtaken: 0, runs: 0 };
    let [wasLost, highest] = [false, -1];
    for (let at = 0; at < COUNT; at++) {
      const now = at * 1_000_000;
      const notes = cable.enter(state, cable.depart(state, 0, OCTETS, now, null));
      const isLost = notes.some(({ kind }) => kind === 'lost');
      if (isLost) found.lost += 1;
      if (isLost && !wasLost) found.runs += 1;
      wasLost = isLost;
      found.doubled += notes.filter(
        (note) => note.kind === 'faulted' && note.fault.kind === 'duplicate',
      ).length;
      const until = now + 999_999;
      for (let flight = cable.arrive(state, until); flight; flight = cable.arrive(state, until)) {
        if (flight.flipped?.length === 1) found.damaged += 1;
        if (flight.number < highest) found.overtaken += 1;
        highest = Math.max(highest, flight.number);
      }
    }
    return { ...found, state };
  }

  /** Within four standard deviations of a binomial distribution. */
  function expectShare(count: number, share: number): void {
    const deviation = Math.sqrt(COUNT * share * (1 - share));
    expect(Math.abs(count - COUNT * share)).toBeLessThan(4 * deviation);
  }

  test('draws nothing on a good cable', () => {
    expect(many({}).state.stream).toEqual(streamOf(1, 'cable'));
  });

  test('loses, doubles and damages as many as it is told, each by itself', () => {
    const found = many({
      lossPerMillion: 100_000,
      duplicatePerMillion: 50_000,
      corruptPerMillion: 20_000,
    });
    expectShare(found.lost, 0.1);
    expectShare(found.doubled, 0.9 * 0.05);
    // A damaged frame that is doubled arrives twice.
    expectShare(found.damaged, 0.9 * 0.02 * 1.05);
    const { sent, arrived, lost, flights } = found.state;
    expect(sent).toBe(arrived + lost + flights.length);
  });

  test('loses in bursts as long as they are told to be (Gilbert and Elliott)', () => {
    const bursts = { beginPerMillion: 10_000, endPerMillion: 250_000, lossPerMillion: 1_000_000 };
    const { lost, runs } = many({}, bursts);
    // Bad for 1/26 of the time, four frames long in the mean.
    expect(lost / COUNT).toBeGreaterThan(0.03);
    expect(lost / COUNT).toBeLessThan(0.048);
    expect(lost / runs).toBeGreaterThan(3.5);
    expect(lost / runs).toBeLessThan(4.5);
  });

  test('lets later frames overtake earlier ones, when they take up to so much longer', () => {
    expect(many({ jitterNs: 5_000_000 }).overtaken).toBeGreaterThan(COUNT / 4);
    expect(many({ jitterNs: 500_000 }).overtaken).toBe(0);
  });

  test('is the same for the same seed, and another for another', () => {
    const lossy = { lossPerMillion: 100_000 };
    expect(many(lossy)).toEqual(many(lossy));
    expect(many(lossy, null, 2).lost).not.toBe(many(lossy).lost);
  });
});
