/** A part's version stands for its state: whoever keeps what was asked of it may go by that. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOf, run as history, step, versionOf, type Input } from '../../../simulator';
import { hashPlain } from '../../../simulator/bits/canonical';
import { canonical } from '../../../simulator/host/computer';
import { nameOf, type World } from '../../../simulator/world/parts';
import { scenario as page } from '../../../scenarios/fetch-a-page/scenario';
import { scenario as ping } from '../../../scenarios/ping/scenario';

const statesOf = ({ parts }: World): string[] =>
  parts.map((part) =>
    JSON.stringify(hashPlain(part.kind === 'computer' ? canonical(part.at) : part.state)),
  );

const versionsOf = (world: World): number[] =>
  world.parts.map((part) => versionOf(world, nameOf(part)));

const ENDS_NS = 2_000_000;
const GRAINS = ['event', 'frame', 'call', 'micro', 'instruction'] as const;

const deed = (cable: string, host: string): fc.Arbitrary<Input['deed']> =>
  fc.constantFrom<Input['deed']>(
    { kind: 'cut', cable },
    { kind: 'mend', cable },
    { kind: 'set', cable, field: 'bitsPerSecond', value: 10_000_000 },
    { kind: 'fault', cable, fault: { kind: 'duplicate' } },
    { kind: 'fault', cable, fault: { kind: 'drop' } },
    { kind: 'kill', host, process: 1 },
    { kind: 'flip', host, address: 0x8000_1000, bit: 3 },
    { kind: 'type', host, octets: Uint8Array.of(120, 10) },
  );

const turn = fc.oneof(
  fc.record({ kind: fc.constant('seek' as const), timeNs: fc.nat(ENDS_NS) }),
  fc.record({
    kind: fc.constantFrom('forward' as const, 'back' as const),
    grain: fc.constantFrom(...GRAINS),
  }),
);

function take(run: history.Run, each: typeof turn extends fc.Arbitrary<infer T> ? T : never): void {
  if (each.kind === 'seek') history.seekTime(run, each.timeNs);
  else if (each.kind === 'back') step.back(run, each.grain);
  else step.forward(run, each.grain, endOf(ENDS_NS), Infinity);
}

test.each([ping, page])('$slug: while it is the same, the part is the same', (scenario) => {
  const { hosts, cables } = scenario.world;
  const inputs = fc.array(
    fc.record({
      atNs: fc.nat(ENDS_NS),
      deed: deed(cables[0]?.name ?? '', hosts[0]?.name ?? ''),
    }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(inputs, fc.array(turn, { maxLength: 24 }), (log, turns) => {
      const run = history.create(scenario.world, log);
      run.interval = 8;
      let before = { versions: versionsOf(run.world), states: statesOf(run.world) };
      for (const each of turns) {
        take(run, each);
        const after = { versions: versionsOf(run.world), states: statesOf(run.world) };
        after.versions.forEach((version, number) => {
          if (version !== before.versions[number]) return;
          expect(after.states[number]).toBe(before.states[number]);
        });
        before = after;
      }
    }),
    { numRuns: 40, seed: 1 },
  );
});

test('a checkpoint shares with the one before what has not changed since', () => {
  const run = history.create(ping.world);
  run.interval = 1;
  history.seekTime(run, 400_000);
  const shared = run.checkpoints.slice(1).map(({ parts }, index) => {
    const earlier = run.checkpoints[index]?.parts ?? [];
    return parts.filter((part, number) => part === earlier[number]).length;
  });
  expect(Math.min(...shared)).toBeGreaterThan(0);
  expect(Math.max(...shared)).toBeLessThan(run.world.parts.length);
});

test('there is none of a part that is not there', () => {
  expect(versionOf(history.create(ping.world).world, 'nobody')).toBe(-1);
});
