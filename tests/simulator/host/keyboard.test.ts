/** Somebody at a computer's keyboard: what a scenario's world types there, and when. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, START } from '../../../simulator/contract/position';
import type { Move } from '../../../simulator/contract/seen';
import * as history from '../../../simulator/history/run';
import type { KeyPress } from '../../../simulator/host/spec';
import type { Input } from '../../../simulator/world/input';
import { hash } from '../../../simulator/world/save';
import type { WorldSpec } from '../../../simulator/world/spec';
import { look } from '../../../simulator/world/view';
import { scenario } from '../../../scenarios/fetch-a-page/scenario';
import { machineWorld, pingWorld } from '../history/worlds';

const PAGE = scenario.world;
const END_NS = 600_000;

const typing = (spec: WorldSpec, keyboard: readonly KeyPress[]): WorldSpec => ({
  ...spec,
  hosts: spec.hosts.map((host) =>
    host.kind === 'computer' && host.name === 'client' ? { ...host, keyboard } : host,
  ),
});

const enter = (atNs: number): Input => ({
  atNs,
  deed: { kind: 'type', host: 'client', octets: Uint8Array.of(10) },
});

function seenIn(spec: WorldSpec, inputs: readonly Input[] = [], untilNs = END_NS) {
  const moves: Move[] = [];
  const run = history.create(spec, inputs);
  const sink = { fine: false, move: (move: Move) => moves.push(move), note: () => undefined };
  history.watch(run, START, endOf(untilNs), sink);
  history.seekTime(run, untilNs);
  const printed = look(run.world, { view: 'console', part: 'client' })?.text ?? '';
  return { run, moves, printed };
}

const firstFrame = (moves: readonly Move[]): number =>
  moves.find(({ kind, from }) => kind === 'frame' && from === 'client.nic')?.departNs ?? Infinity;

describe('the page', () => {
  test('waits for Enter, which is no input; it leads to the interrupt', () => {
    const { run, moves } = seenIn(PAGE);
    const keys = moves.filter(({ kind }) => kind === 'key');
    expect(keys).toMatchObject([
      { from: 'client.keyboard', to: 'client.console', departNs: 20_000, cause: null },
    ]);
    const [interrupt] = moves.filter(({ from }) => from === 'client.console');
    expect(interrupt).toMatchObject({ kind: 'interrupt', to: 'client.os', cause: keys[0]?.id });
    expect(firstFrame(moves)).toBeGreaterThan(20_000);
    expect(run.inputs).toEqual([]);
  });

  test('is never fetched when nobody types', () => {
    const { moves, printed, run } = seenIn(typing(PAGE, []));
    expect(moves.filter(({ kind }) => kind === 'frame')).toEqual([]);
    expect(printed).toBe('Press Enter to fetch http://10.0.0.2/\n');
    const processes = look(run.world, { view: 'os', part: 'client' })?.processes;
    expect(processes).toMatchObject([{ waits: [{ call: 'read', why: 'the console' }] }]);
  });

  test.each([1_000, 5_000, 19_999, 20_000])('comes when somebody types Enter at %i ns', (atNs) => {
    const { moves, printed } = seenIn(PAGE, [enter(atNs)]);
    expect(firstFrame(moves)).toBeLessThan(Math.max(atNs, 4_000) + 7_000);
    expect(printed).toContain('It works');
    // The script's own Enter is echoed, and nobody reads it.
    expect(printed.split('\n').filter((line) => line === '')).toHaveLength(3);
  });
});

test.each([
  ['a program that never reads', machineWorld(1)],
  ['a modelled processor', pingWorld(1)],
])('%s: what is typed is echoed, and all goes on', (_, spec) => {
  const quiet = seenIn(spec, [], 5_000_000);
  const keyboard = [
    { atNs: 0, text: 'a' },
    { atNs: 3_000, text: 'b\b' },
    { atNs: 3_000, text: 'c\n' },
  ];
  const { moves, printed } = seenIn(typing(spec, keyboard), [], 5_000_000);
  expect(moves.filter(({ kind }) => kind === 'key').map(({ departNs }) => departNs)).toEqual([
    0, 3_000, 3_000,
  ]);
  expect(printed).toContain('a');
  expect(printed).toContain('b\b \bc\n');
  const framesOf = (all: readonly Move[]): number =>
    all.filter(({ kind }) => kind === 'frame').length;
  expect(framesOf(moves)).toBe(framesOf(quiet.moves));
});

const script = fc
  .array(fc.record({ atNs: fc.nat(60_000), text: fc.constantFrom('\n', 'x', 'hello\n') }), {
    maxLength: 5,
  })
  .map((keys) => keys.toSorted((a, b) => a.atNs - b.atNs));

test('whatever is typed, a moment is the same however one comes there', () => {
  fc.assert(
    fc.property(script, fc.array(fc.nat(150_000), { maxLength: 5 }), (keyboard, times) => {
      const spec = typing(PAGE, keyboard);
      const wandering = history.create(spec);
      wandering.interval = 8;
      for (const atNs of times) {
        history.seekTime(wandering, atNs);
        const straight = history.create(spec);
        history.runTo(straight, endOf(atNs));
        expect(hash(wandering.world)).toBe(hash(straight.world));
      }
    }),
    { numRuns: 40, seed: 1 },
  );
});
