/** What is seen of frames on a cable to which somebody does things. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOf, START } from '../../../simulator/contract/position';
import type { Sink } from '../../../simulator/contract/see';
import type { Move, Note } from '../../../simulator/contract/seen';
import * as history from '../../../simulator/history/run';
import type { Fault, Flight } from '../../../simulator/link/cable';
import type { Input } from '../../../simulator/world/input';
import { inputOf } from '../history/inputs';
import { pingWorld } from '../history/worlds';

const END_NS = 3_000_000;

type Frame = { readonly number: number; readonly copyOf?: number };
const frameOf = ({ what }: Move): Frame => what as unknown as Frame;
const flightOf = ({ what }: Note): Flight => (what as unknown as { flight: Flight }).flight;

type Told = { readonly moves: Move[]; readonly notes: Note[] };

function sinkOf({ moves, notes }: Told): Sink {
  return { fine: false, move: (move) => moves.push(move), note: (note) => notes.push(note) };
}

/** The frames that moved on the cable, and what is told of those that arrived. */
function framesOf(log: readonly Input[]): { readonly moves: Move[]; readonly arrivals: Note[] } {
  const told: Told = { moves: [], notes: [] };
  const run = history.create(pingWorld(1), log);
  history.watch(run, START, endOf(END_NS), sinkOf(told));
  return {
    moves: told.moves.filter(({ kind }) => kind === 'frame'),
    arrivals: told.notes.filter(({ kind, part }) => kind === 'arrived' && part === 'cable'),
  };
}

/** Who brought an arrival is the move that its note names. */
function moveTo(arrival: Note, moves: readonly Move[]): Move | undefined {
  return moves.find(({ id }) => id === arrival.cause);
}

const fault = (what: Fault, atNs: number, frame?: number): Input => ({
  atNs,
  deed: {
    ...{ kind: 'fault', cable: 'cable', fault: what },
    ...(frame === undefined ? {} : { frame }),
  },
});

test('a frame that an armed delay waits for is said to arrive when it will', () => {
  const [plain] = framesOf([]).moves;
  const { moves, arrivals } = framesOf([fault({ kind: 'delay', delayNs: 700 }, 0)]);
  expect(moves[0]?.arriveNs).toBe((plain?.arriveNs ?? 0) + 700);
  expect(arrivals[0]?.at.timeNs).toBe(moves[0]?.arriveNs);
});

test('a frame that is delayed on its way was said to arrive sooner', () => {
  const [plain] = framesOf([]).moves;
  const onTheWay = (plain?.departNs ?? 0) + 1;
  const { moves, arrivals } = framesOf([fault({ kind: 'delay', delayNs: 700 }, onTheWay, 0)]);
  expect(moves[0]?.arriveNs).toBe(plain?.arriveNs);
  expect(arrivals[0]?.at.timeNs).toBe((plain?.arriveNs ?? 0) + 700);
});

test.each([
  ['armed', 0, undefined],
  ['done on the way', 6000, 0],
])(
  'a copy by a fault that was %s has a move of its own, because of the other',
  (_, atNs, frame) => {
    const { moves, arrivals } = framesOf([fault({ kind: 'duplicate' }, atNs, frame)]);
    const [first, copy] = moves;
    expect(first && frameOf(first)).toMatchObject({ number: 0 });
    expect(copy && frameOf(copy)).toMatchObject({ number: 1, copyOf: 0 });
    expect(copy).toMatchObject({ cause: first?.id, from: first?.from, to: first?.to });
    expect(arrivals.slice(0, 2).map(({ cause }) => cause)).toEqual([first?.id, copy?.id]);
    expect(arrivals[1]?.at.timeNs).toBe(copy?.arriveNs);
  },
);

const logs = fc.array(inputOf({ atNs: fc.nat(2_500_000), longestDelayNs: 300_000 }), {
  maxLength: 6,
});

/** Nobody does anything to frames that are under way. */
const armedOnly = logs.map((log) =>
  log.map((each): Input => {
    if (each.deed.kind !== 'fault') return each;
    return fault(each.deed.fault, each.atNs);
  }),
);

test('whatever is done, what arrives was brought by a move of its own number', () => {
  fc.assert(
    fc.property(logs, (log) => {
      const { moves, arrivals } = framesOf(log);
      expect(new Set(moves.map((move) => frameOf(move).number)).size).toBe(moves.length);
      for (const arrival of arrivals) {
        const move = moveTo(arrival, moves);
        expect(move && frameOf(move).number).toBe(flightOf(arrival).number);
        expect(move?.departNs).toBe(flightOf(arrival).departNs);
      }
    }),
    { numRuns: 40 },
  );
});

/** At this length the copy arrives in the nanosecond in which the answer to the first leaves. */
const TOGETHER: Input[] = [
  { atNs: 0, deed: { kind: 'set', cable: 'cable', field: 'lengthMetres', value: 192 } },
  fault({ kind: 'duplicate' }, 0),
];

test('unless somebody reaches for it on its way, it arrives when its move said', () => {
  fc.assert(
    fc.property(armedOnly, (log) => {
      const { moves, arrivals } = framesOf(log);
      for (const arrival of arrivals)
        expect(moveTo(arrival, moves)?.arriveNs).toBe(arrival.at.timeNs);
    }),
    { numRuns: 40, examples: [[TOGETHER]] },
  );
});

test('who begins to watch late sees the same ids', () => {
  fc.assert(
    fc.property(logs, fc.nat(END_NS), (log, fromNs) => {
      const seenFrom = (watchedNs: number): string[] => {
        const told: Told = { moves: [], notes: [] };
        const run = history.create(pingWorld(1), log);
        run.interval = Infinity;
        history.watch(run, endOf(watchedNs), endOf(END_NS), sinkOf(told));
        return [...told.moves, ...told.notes]
          .filter(({ at }) => at.timeNs > fromNs)
          .map(({ id, cause, kind }) => `${id} ${kind} ${cause ?? '-'}`);
      };
      expect(seenFrom(fromNs)).toEqual(seenFrom(-1));
    }),
    { numRuns: 40 },
  );
});

test('what goes between interface and RAM was led to by what led to its frame, or by that frame', () => {
  const moves: Move[] = [];
  const run = history.create(pingWorld(1));
  const sink = { fine: true, move: (move: Move) => moves.push(move), note: () => undefined };
  history.watch(run, START, endOf(END_NS), sink);
  const transfers = moves.filter(({ kind }) => kind === 'dma');
  const frames = moves.filter(({ kind }) => kind === 'frame');
  expect(transfers).toHaveLength(2 * frames.length);
  for (const frame of frames) {
    const fetched = transfers.find(({ at, to }) => to === frame.from && at === frame.at);
    const stored = transfers.find(
      ({ at, from }) => from === frame.to && at.timeNs > frame.arriveNs,
    );
    expect([fetched?.cause, stored?.cause]).toEqual([frame.cause, frame.id]);
  }
});

test('a slower cable: what is under way arrives when it was said, what follows takes longer', () => {
  const set = { kind: 'set', cable: 'cable', field: 'bitsPerSecond', value: 10_000_000 } as const;
  const plain = framesOf([]).moves;
  const [first] = plain;
  const { moves, arrivals } = framesOf([{ atNs: (first?.departNs ?? 0) + 1, deed: set }]);
  const transits = moves.map(({ departNs, arriveNs }) => arriveNs - departNs);
  expect(arrivals[0]?.at.timeNs).toBe(first?.arriveNs);
  expect(transits[0]).toBe((first?.arriveNs ?? 0) - (first?.departNs ?? 0));
  // 72 octets with preamble at 800 ns each, and 20 m at 5 ns.
  expect(transits[1]).toBe(72 * 800 + 100);
});
