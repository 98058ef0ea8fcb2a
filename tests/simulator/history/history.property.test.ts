import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, endOf, START, type Position } from '../../../simulator/contract/position';
import * as history from '../../../simulator/history/run';
import * as step from '../../../simulator/history/step';
import { hash, restore, type Checkpoint } from '../../../simulator/world/save';
import { scenario } from '../../../scenarios/fetch-a-page/scenario';
import { inputOf } from './inputs';
import { floodWorld, pingWorld } from './worlds';

const END = endOf(6_000_000);

const input = inputOf({ atNs: fc.nat(5_000_000), longestDelayNs: 900_000 });
const inputs = fc.array(input, { maxLength: 5 });
const early = inputOf({ atNs: fc.nat(150_000), longestDelayNs: 90_000 });

/** The hash after each event, in order, of a run that nobody looks at. */
function hashes(run: history.Run): Map<string, string> {
  const seen = new Map<string, string>();
  for (
    let at = history.upcoming(run, run.world);
    at !== null;
    at = history.upcoming(run, run.world)
  ) {
    if (compare(at, END) > 0) break;
    history.runTo(run, at);
    seen.set(JSON.stringify(at), hash(run.world));
  }
  return seen;
}

describe('determinism', () => {
  test('the same seed and inputs give the same hash at every event', () => {
    fc.assert(
      fc.property(fc.nat(), inputs, (seed, log) => {
        const spec = pingWorld(seed);
        expect(hashes(history.create(spec, log))).toEqual(hashes(history.create(spec, log)));
      }),
      { numRuns: 20 },
    );
  });

  const WORLDS = [
    ['ping', pingWorld(3)],
    ['flood', floodWorld(3)],
    ['page', scenario.world],
  ] as const;

  test.each(WORLDS)('watching %s now and then changes nothing, nor what was seen', (_, spec) => {
    const looks = fc.array(fc.constantFrom('away', 'at it', 'closely'), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(early, { maxLength: 5 }), looks, (log, pattern) => {
        const quiet = history.create(spec, log);
        const watched = history.create(spec, log);
        const seen: { readonly what: unknown; readonly text: string }[] = [];
        const take = (what: unknown): unknown => seen.push({ what, text: JSON.stringify(what) });
        for (let count = 0; count < 400; count++) {
          const at = history.upcoming(quiet, quiet.world);
          if (at === null) break;
          const look = pattern[count % pattern.length];
          const sink = { fine: look === 'closely', move: take, note: take };
          watched.world.see.sink = look === 'away' ? null : sink;
          history.single(quiet, quiet.world, at);
          history.single(watched, watched.world, at);
          if (count % 20 === 0) expect(hash(watched.world)).toBe(hash(quiet.world));
        }
        expect(hash(watched.world)).toBe(hash(quiet.world));
        for (const { what, text } of seen) expect(JSON.stringify(what)).toBe(text);
      }),
      { numRuns: 5 },
    );
  });

  test('adding a part does not change another’s dice', () => {
    const spec = pingWorld(3);
    const alone = history.create(spec);
    const third = spec.hosts.map((host) => ({ ...host, name: `${host.name}2` }));
    const more = history.create({ ...spec, hosts: [...spec.hosts, ...third] });
    const kernelOf = (run: history.Run, number: number): unknown => {
      const part = run.world.parts[number];
      return part?.kind === 'computer' ? part.at.fields.kernel.config.stream : null;
    };
    expect(kernelOf(more, 0)).toEqual(kernelOf(alone, 0));
    expect(kernelOf(more, 2)).not.toEqual(kernelOf(alone, 0));
  });
});

describe('seeking', () => {
  test('to a time equals running to it, from wherever', () => {
    const times = fc.array(fc.nat(6_500_000), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(inputs, times, (log, stops) => {
        const wanderer = history.create(pingWorld(1), log);
        wanderer.interval = 7;
        for (const timeNs of stops) {
          history.seekTime(wanderer, timeNs);
          const direct = history.create(pingWorld(1), log);
          history.seekTime(direct, timeNs);
          expect(hash(wanderer.world)).toBe(hash(direct.world));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('still equals running once checkpoints were thinned', () => {
    const run = history.create(floodWorld(1));
    run.interval = 1;
    history.seekTime(run, 20_000_000);
    expect(run.interval).toBeGreaterThan(1);
    expect(run.checkpoints.length).toBeLessThanOrEqual(257);
    for (const timeNs of [0, 19_999_999, 3_333_333, 12_345_678]) {
      history.seekTime(run, timeNs);
      const direct = history.create(floodWorld(1));
      history.seekTime(direct, timeNs);
      expect(hash(run.world)).toBe(hash(direct.world));
    }
  });
});

const GRAINS = ['event', 'frame', 'call', 'message'] as const;

/** Every position at which a step of the grain ends, going forwards. */
function ends(run: history.Run, grain: (typeof GRAINS)[number]): Position[] {
  const found: Position[] = [];
  while (step.forward(run, grain, END, Infinity) === 'there') found.push(run.world.at);
  return found;
}

describe('stepping', () => {
  test.each(GRAINS)(
    'by %s: on to the end and back to the start, through the same hashes',
    (grain) => {
      fc.assert(
        fc.property(inputs, fc.integer({ min: 1, max: 40 }), (log, interval) => {
          const run = history.create(pingWorld(1), log);
          run.interval = interval;
          const there = new Map<string, string>();
          const positions: string[] = [];
          while (step.forward(run, grain, END, Infinity) === 'there') {
            positions.push(JSON.stringify(run.world.at));
            there.set(JSON.stringify(run.world.at), hash(run.world));
          }
          history.seek(run, END);
          // The end is the moment of the last event: when that ends a step, back begins before it.
          const stands = JSON.stringify(run.world.at);
          const back: string[] = [];
          for (let at = step.back(run, grain); compare(at, START) > 0; at = step.back(run, grain)) {
            back.push(JSON.stringify(at));
            expect(hash(run.world)).toBe(there.get(JSON.stringify(at)));
          }
          expect(back.toReversed()).toEqual(positions.filter((at) => at !== stands));
        }),
        { numRuns: 8 },
      );
    },
  );

  test('no grain has more steps than there are events, nor messages more than calls', () => {
    const [events, frames, calls, messages] = GRAINS.map(
      (grain) => ends(history.create(pingWorld(1)), grain).length,
    ) as [number, number, number, number];
    expect(events).toBeGreaterThan(Math.max(frames, calls));
    expect(calls).toBeGreaterThan(messages);
    // Two ARP frames and six of ICMP, each seen to depart and to arrive.
    expect(frames).toBe(16);
  });

  test('a long search can be done in slices', () => {
    const run = history.create(pingWorld(1));
    expect(step.forward(run, 'frame', END, 1)).toBe('more');
    let slices = 1;
    while (step.forward(run, 'frame', END, 1) === 'more') slices += 1;
    const whole = history.create(pingWorld(1));
    step.forward(whole, 'frame', END, Infinity);
    expect(slices).toBeGreaterThan(1);
    expect(hash(run.world)).toBe(hash(whole.world));
  });
});

describe('history', () => {
  test('an old moment never changes', () => {
    fc.assert(
      fc.property(inputs, fc.nat(3_000_000), (log, timeNs) => {
        const run = history.create(pingWorld(1), log);
        run.interval = 5;
        history.seekTime(run, timeNs);
        const before = hash(run.world);
        const looker = history.create(pingWorld(1)).world;
        const look = (checkpoint: Checkpoint): string => {
          restore(looker, checkpoint);
          return hash(looker);
        };
        const old = run.checkpoints.map(look);
        history.seek(run, END);
        expect(run.checkpoints.slice(0, old.length).map(look)).toEqual(old);
        history.seekTime(run, timeNs);
        expect(hash(run.world)).toBe(before);
      }),
      { numRuns: 15 },
    );
  });

  test('a fork goes its own way and leaves the trunk untouched', () => {
    const trunk = history.create(pingWorld(1));
    trunk.interval = 5;
    history.seek(trunk, END);
    const end = hash(trunk.world);
    const branch = history.fork(trunk, endOf(1_500_000));
    const other = history.withDeed(branch, {
      atNs: 1_500_000,
      deed: { kind: 'cut', cable: 'cable' },
    });
    history.seek(other, END);
    expect(hash(other.world)).not.toBe(end);
    expect(hash(trunk.world)).toBe(end);
    history.seekTime(trunk, 700_000);
    history.seek(trunk, END);
    expect(hash(trunk.world)).toBe(end);
  });

  test('a changed input log shares the past, and taking the change back gives the run before', () => {
    fc.assert(
      fc.property(inputs, input, (log, more) => {
        const run = history.create(pingWorld(1), log);
        run.interval = 5;
        history.seek(run, END);
        const end = hash(run.world);
        const changed = history.withDeed(run, more);
        history.seek(changed, END);
        const fresh = history.create(pingWorld(1), changed.inputs);
        history.seek(fresh, END);
        expect(hash(changed.world)).toBe(hash(fresh.world));
        const undone = history.withInputs(changed, run.inputs);
        history.seek(undone, END);
        expect(hash(undone.world)).toBe(end);
      }),
      { numRuns: 15 },
    );
  });

  test('what is seen of a stretch is the same whenever it is made again', () => {
    const run = history.create(pingWorld(1));
    run.interval = 5;
    const all = (): string[] => {
      const ids: string[] = [];
      const sink = {
        fine: true,
        move: ({ id, cause, kind }: { id: string; cause: string | null; kind: string }) =>
          ids.push(`${id} ${kind} ${cause ?? '-'}`),
        note: ({ id, kind }: { id: string; kind: string }) => ids.push(`${id} ${kind}`),
      };
      history.watch(run, START, endOf(2_000_000), sink);
      return ids;
    };
    const first = all();
    history.seek(run, END);
    expect(all()).toEqual(first);
    expect(new Set(first.map((line) => line.split(' ')[0])).size).toBe(first.length);
  });
});
