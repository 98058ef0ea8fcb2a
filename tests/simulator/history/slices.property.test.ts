/**
 * A run is one run however it is cut into slices: two processors fetch a page while somebody breaks
 * frames and types, and whoever runs it stops where he likes.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, endOf, START, type Position } from '../../../simulator/contract/position';
import * as history from '../../../simulator/history/run';
import * as step from '../../../simulator/history/step';
import type { Input } from '../../../simulator/world/input';
import { hash } from '../../../simulator/world/save';
import type { WorldSpec } from '../../../simulator/world/spec';
import { scenario } from '../../../scenarios/fetch-a-page/scenario';
import { inputOf } from './inputs';
import { strayWorld } from './worlds';

const END_NS = 600_000;
const END = endOf(END_NS);
const { world: FETCH } = scenario;

/** Half of them at a time at which a processor may begin an instruction. */
const atNs = fc.oneof(
  fc.nat(450_000),
  fc.nat(45_000).map((cycles) => cycles * 10),
);
const inputs = fc.array(inputOf({ atNs, longestDelayNs: 90_000 }), { maxLength: 6 });
const interval = fc.integer({ min: 1, max: 40 });

function fresh(log: readonly Input[], at: Position, spec: WorldSpec = FETCH): history.Run {
  const run = history.create(spec, log);
  run.interval = Infinity;
  history.seek(run, at);
  return run;
}

/** What is seen of a run that stops at each of `stops`. */
function seenOf(run: history.Run, stops: readonly number[]): string[] {
  const seen: string[] = [];
  run.world.see.sink = {
    fine: false,
    move: ({ id, cause, kind, departNs }) => seen.push(JSON.stringify([id, cause, kind, departNs])),
    note: ({ id, cause, kind, part }) => seen.push(JSON.stringify([id, cause, kind, part])),
  };
  for (const timeNs of stops) history.runTo(run, endOf(timeNs));
  run.world.see.sink = null;
  return seen;
}

describe('slices', () => {
  test('wherever they are cut, the same is seen and the same moment is reached', () => {
    fc.assert(
      fc.property(
        inputs,
        fc.array(fc.nat(END_NS), { maxLength: 60 }),
        interval,
        (log, cuts, each) => {
          const whole = fresh(log, START);
          const seen = seenOf(whole, [END_NS]);
          const sliced = history.create(FETCH, log);
          sliced.interval = each;
          const stops = [...cuts.toSorted((a, b) => a - b), END_NS];
          expect(seenOf(sliced, stops)).toEqual(seen);
          expect(hash(sliced.world)).toBe(hash(whole.world));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('positions only grow, and nothing is left undone before one', () => {
    fc.assert(
      fc.property(inputs, fc.boolean(), (log, stray) => {
        const run = history.create(stray ? strayWorld(1) : FETCH, stray ? [] : log);
        for (let before = run.world.at; !history.runTo(run, END, 1); before = run.world.at) {
          expect(compare(run.world.at, before)).toBeGreaterThan(0);
          const next = history.upcoming(run, run.world);
          if (next !== null) expect(compare(next, run.world.at)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('each position where a step ended can be had again', () => {
    const grain = fc.constantFrom('micro', 'instruction', 'event', 'call');
    const walk = fc.record({ timeNs: fc.nat(450_000), grain, back: fc.boolean() });
    fc.assert(
      fc.property(inputs, fc.array(walk, { maxLength: 6 }), interval, (log, walks, each) => {
        const run = history.create(FETCH, log);
        run.interval = each;
        for (const { timeNs, grain: size, back } of walks) {
          history.seekTime(run, timeNs);
          for (let count = 0; count < 4; count++) {
            if (back) step.back(run, size);
            else step.forward(run, size, END, Infinity);
            expect(hash(fresh(log, run.world.at).world)).toBe(hash(run.world));
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});

/** The frames that Computer A puts on the cable in a run that nobody touches. */
function framesOfClient(): Uint8Array[] {
  const frames: Uint8Array[] = [];
  const run = history.create(FETCH);
  run.world.see.sink = {
    fine: false,
    note: () => undefined,
    move: ({ kind, from, what }) => {
      if (kind !== 'frame' || from !== 'client.nic') return;
      frames.push((what as { readonly octets: Uint8Array }).octets);
    },
  };
  history.seek(run, END);
  return frames;
}

test('a recorded run is the run that was: frames may come in the middle of an instruction', () => {
  const frames = framesOfClient();
  const outside = { kind: 'outside', name: 'client', title: 'Somebody' } as const;
  const hosts = FETCH.hosts.map((host) => (host.name === 'client' ? outside : host));
  const spec = { ...FETCH, hosts };
  const arrival = fc.record({ gapNs: fc.nat(20_000), frame: fc.nat(frames.length - 1) });
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 30 }), interval, (arrivals, each) => {
      const live = history.create(spec);
      live.interval = each;
      let nowNs = 0;
      for (const { gapNs, frame } of arrivals) {
        history.runTo(live, endOf(nowNs + Math.floor(gapNs / 2)));
        nowNs += gapNs;
        history.runTo(live, endOf(nowNs));
        const octets = frames[frame] ?? new Uint8Array(0);
        history.record(live, { atNs: nowNs, deed: { kind: 'frame', host: 'client', octets } });
      }
      const end = endOf(nowNs + 50_000);
      history.runTo(live, end);
      expect(hash(fresh(live.inputs, end, spec).world)).toBe(hash(live.world));
    }),
    { numRuns: 20 },
  );
});

test('what is recorded after going back leaves nothing of the run that it replaces', () => {
  const run = history.create(FETCH);
  run.interval = 4;
  history.seekTime(run, 300_000);
  history.watch(run, endOf(250_000), endOf(300_000), {
    fine: false,
    move: () => undefined,
    note: () => undefined,
  });
  history.seekTime(run, 100_000);
  history.record(run, { atNs: 150_000, deed: { kind: 'cut', cable: 'cable' } });
  history.seek(run, END);
  expect(hash(run.world)).toBe(hash(fresh(run.inputs, END).world));
  history.watch(run, endOf(400_000), END, {
    fine: false,
    move: () => undefined,
    note: () => undefined,
  });
  expect(hash(run.scout)).toBe(hash(run.world));
});
