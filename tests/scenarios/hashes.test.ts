/**
 * One run has one hash at each position: in Node here, in a browser in tests/browser; whichever
 * engine, however it is stepped, whoever watches. `npx vitest run --project=unit tests/scenarios -u`
 * writes tests/golden anew.
 */
import { describe, expect, test } from 'vitest';
import {
  compare,
  createWorld,
  endOf,
  format,
  hash,
  proceedWorld,
  run as history,
  step,
  type Position,
  type Scenario,
  type Sink,
} from '../../simulator';
import { drawBelow, streamOf, type Stream } from '../../simulator/bits/random';
import { scenarios } from '../../src/catalogue';
import { allHashes } from './hashes';
import { portionOf } from './portion';

test('the hashes are those that are kept', async () => {
  const text = `${JSON.stringify(allHashes(scenarios, 'fast'), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../golden/hashes.json');
});

const ignore = (): void => undefined;
const SINKS: readonly (Sink | null)[] = [
  null,
  { fine: false, move: ignore, note: ignore },
  { fine: true, move: ignore, note: ignore },
];
const GRAINS = ['micro', 'instruction', 'call', 'frame', 'message', 'event'] as const;

function finalOf({ world: spec, endsAtNs }: Scenario): string {
  const world = createWorld(spec);
  while (proceedWorld(world, endOf(endsAtNs)));
  return hash(world);
}

const COARSE: ReadonlySet<string> = new Set(['call', 'frame', 'message', 'event']);

/** Numbers below a limit, the same in every run of the test. */
function dice(seed: number): (limit: number) => number {
  let stream: Stream = streamOf(seed, 'test');
  return (limit) => {
    const drawn = drawBelow(stream, limit);
    stream = drawn.stream;
    return drawn.value;
  };
}

/** Steps of mixed grains, some of them watched, until the scenario's end. */
function wander(run: history.Run, endsAtNs: number, seed: number): number {
  const roll = dice(seed);
  const until = endOf(endsAtNs);
  let turns = 0;
  for (let outcome = 'there'; outcome !== 'end'; turns++) {
    run.world.see.sink = SINKS[roll(SINKS.length)] ?? null;
    const grain = GRAINS[roll(GRAINS.length)] ?? 'event';
    const many = run.world.processors.length > 0 && !COARSE.has(grain);
    const steps = 1 + roll(many ? 300 : 2);
    for (let done = 0; done < steps && outcome !== 'end'; done++)
      outcome = step.forward(run, grain, until, 1 + roll(6));
  }
  run.world.see.sink = null;
  return turns;
}

/** 1 at the start, from where back leads nowhere; else 0. */
const isStart = (at: Position): 0 | 1 => (at.timeNs < 0 ? 1 : 0);

/** Steps back and forth; a position met again must have the hash that it had. */
function backAndForth(run: history.Run, endsAtNs: number, steps: number): number {
  const roll = dice(7);
  const met = new Map<string, string>();
  let again = 0;
  for (let done = 0; done < steps; done++) {
    const grain = GRAINS[roll(GRAINS.length)] ?? 'event';
    const from = run.world.at;
    if (roll(10) === 0) history.seekTime(run, roll(endsAtNs));
    else if (roll(2) === 0)
      expect(compare(step.back(run, grain), from)).toBeLessThan(isStart(from));
    else if (step.forward(run, grain, endOf(endsAtNs), Infinity) === 'there')
      expect(compare(run.world.at, from)).toBeGreaterThan(0);
    const at = format(run.world.at);
    const now = hash(run.world);
    if (met.has(at)) again += 1;
    expect(now, `${grain} to ${at}`).toBe(met.get(at) ?? now);
    met.set(at, now);
  }
  return again;
}

describe.each(scenarios.map(portionOf).map((scenario) => ({ slug: scenario.slug, scenario })))(
  '$slug has one hash',
  ({ scenario }) => {
    const { world: spec, endsAtNs } = scenario;
    const final = finalOf(scenario);

    test('by micro-steps and by the interpreter, at every event', () => {
      expect(allHashes([scenario], 'micro')).toEqual(allHashes([scenario], 'fast'));
    });

    test.each(SINKS.map((sink) => ({ sink, how: sink === null ? 'not' : String(sink.fine) })))(
      'whether it is watched closely: $how',
      ({ sink }) => {
        const run = history.create(spec);
        run.world.see.sink = sink;
        history.seekTime(run, endsAtNs);
        expect(hash(run.world)).toBe(final);
      },
    );

    test.each([1, 2, 3])('by mixed steps, seed %i', (seed) => {
      const run = history.create(spec);
      expect(wander(run, endsAtNs, seed)).toBeGreaterThan(8);
      history.seekTime(run, endsAtNs);
      expect(hash(run.world)).toBe(final);
    });

    test('after 200 steps back and forth, and at each moment that is met again', () => {
      const run = history.create(spec);
      run.interval = 16;
      expect(backAndForth(run, endsAtNs, 200)).toBeGreaterThan(20);
      history.seekTime(run, endsAtNs);
      expect(hash(run.world)).toBe(final);
    });
  },
);
