import fc from 'fast-check';
import { expect, test } from 'vitest';
import { streamOf } from '../../../simulator/bits/random';
import { NEVER } from '../../../simulator/contract/time';
import * as cable from '../../../simulator/link/cable';

const START = cable.create(100_000_000, 20, streamOf(1, 'cable'));
const OCTETS = Uint8Array.from({ length: 64 }, (_, index) => index);
/** 72 octets with preamble at 80 ns each, and 20 m at 5 ns. */
const TRANSIT_NS = 72 * 80 + 100;

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
  const both = send(send(START, 0), 10);
  const { out } = drain(fault(both, { kind: 'delay', delayNs: 500 }, 0).state);
  expect(out.map(([at, { number }]) => [number, at])).toEqual([
    [1, TRANSIT_NS + 10],
    [0, TRANSIT_NS + 500],
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
  const { out } = drain(send(state, 1000));
  expect(out.map(([at]) => at)).toEqual([TRANSIT_NS, 1000 + transitNs]);
});
