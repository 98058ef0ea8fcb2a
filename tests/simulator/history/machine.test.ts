import { describe, expect, test } from 'vitest';
import { compare, endOf, START, type Position } from '../../../simulator/contract/position';
import * as history from '../../../simulator/history/run';
import * as step from '../../../simulator/history/step';
import { look } from '../../../simulator/world/view';
import { hash } from '../../../simulator/world/save';
import { machineWorld, strayWorld } from './worlds';

const END = endOf(200_000);

const consoleOf = (run: history.Run, part: string): string =>
  look(run.world, { view: 'console', part })?.text ?? '';

const processesOf = (run: history.Run, part: string): readonly object[] =>
  look(run.world, { view: 'os', part })?.processes ?? [];

describe('a program of machine code', () => {
  test('runs, calls the kernel through the gate, prints and exits', () => {
    const run = history.create(machineWorld(1));
    history.seek(run, END);
    for (const part of ['client', 'server']) {
      expect(consoleOf(run, part)).toBe('hi\n');
      expect(processesOf(run, part)).toMatchObject([{ name: 'greet', state: 'exited', status: 7 }]);
    }
  });

  test('goes on with no line once it was killed', () => {
    const run = history.create(strayWorld(1));
    history.seek(run, END);
    expect(processesOf(run, 'client')).toMatchObject([{ state: 'exited', status: 139 }]);
    const shown = look(run.world, { view: 'processor', part: 'client' });
    expect(shown).toMatchObject({ kind: 'rv32', program: { name: 'stray', resumesLine: null } });
  });

  test('has one hash at each moment, however it was reached', () => {
    const times = [0, 1_000, 1_010, 3_333, 20_000, 200_000];
    const straight = times.map((timeNs) => {
      const run = history.create(machineWorld(1));
      history.seekTime(run, timeNs);
      return hash(run.world);
    });
    const wanderer = history.create(machineWorld(1));
    wanderer.interval = 1;
    for (const index of [5, 1, 3, 0, 2, 4]) {
      history.seekTime(wanderer, times[index] ?? 0);
      expect(hash(wanderer.world)).toBe(straight[index]);
    }
    // Event by event and instruction by instruction to each of the times.
    const walker = history.create(machineWorld(1));
    times.forEach((timeNs, index) => {
      const until = endOf(timeNs);
      for (let at = history.upcoming(walker, walker.world); ;) {
        if (at === null || compare(at, until) > 0) break;
        history.single(walker, walker.world, at);
        at = history.upcoming(walker, walker.world);
      }
      expect(hash(walker.world)).toBe(straight[index]);
    });
  });
});

describe.each(['instruction', 'micro'] as const)('stepping by %s', (grain) => {
  test('goes on and back through the same hashes', () => {
    const run = history.create(machineWorld(1));
    run.interval = 3;
    const there: [string, string][] = [];
    for (let count = 0; count < 400; count++) {
      if (step.forward(run, grain, END, Infinity) !== 'there') break;
      there.push([JSON.stringify(run.world.at), hash(run.world)]);
    }
    expect(there.length).toBeGreaterThan(250);
    there.pop();
    for (let at = step.back(run, grain); compare(at, START) > 0; at = step.back(run, grain))
      expect([JSON.stringify(at), hash(run.world)]).toEqual(there.pop());
    expect(there).toEqual([]);
  });

  test('and running on from inside an instruction loses nothing', () => {
    const run = history.create(machineWorld(1));
    for (let count = 0; count < 37; count++) step.forward(run, grain, END, Infinity);
    history.seek(run, END);
    const direct = history.create(machineWorld(1));
    history.seek(direct, END);
    expect(hash(run.world)).toBe(hash(direct.world));
  });
});

test.each(['event', 'call', 'message', 'frame'] as const)(
  'steps of %s go on and back through the same positions and hashes',
  (grain) => {
    const run = history.create(machineWorld(1));
    run.interval = 3;
    const all: [Position, string][] = [];
    while (step.forward(run, grain, END, Infinity) === 'there')
      all.push([run.world.at, hash(run.world)]);
    const there = all.filter(([at]) => compare(at, run.world.at) < 0);
    for (let at = step.back(run, grain); compare(at, START) > 0; at = step.back(run, grain))
      expect([at, hash(run.world)]).toEqual(there.pop());
    expect(there).toEqual([]);
  },
);

test('an instruction that is looked at closely leaves the same moment', () => {
  const [plain, close] = [false, true].map((fine) => {
    const run = history.create(machineWorld(1));
    let words = 0;
    history.seek(run, endOf(4_000));
    run.world.see.sink = { fine, move: () => (words += 1), note: () => undefined };
    for (let count = 0; count < 30; count++) step.forward(run, 'instruction', END, Infinity);
    return { at: run.world.at, hash: hash(run.world), words };
  });
  expect(close?.at).toEqual(plain?.at);
  expect(close?.hash).toBe(plain?.hash);
  expect(close?.words).toBeGreaterThan((plain?.words ?? 0) + 30);
});

test('a micro-step that the instruction does not have is its end', () => {
  const run = history.create(machineWorld(1));
  history.seek(run, endOf(4_000));
  step.forward(run, 'instruction', END, Infinity);
  const { at } = run.world;
  const end = hash(run.world);
  history.seek(run, { ...at, micro: 2 });
  expect(run.world.inside?.latches.steps).toBe(2);
  history.seek(run, { ...at, micro: 900 });
  expect([run.world.at, hash(run.world)]).toEqual([at, end]);
});

test('micro-steps go to a stop inside an instruction, one by one and no farther', () => {
  const run = history.create(machineWorld(1));
  const all: Position[] = [];
  for (let count = 0; count < 120; count++) {
    if (step.forward(run, 'micro', END, Infinity) !== 'there') break;
    all.push(run.world.at);
  }
  const inside = all.flatMap((at, index) => (at.micro > 0 ? [index] : []));
  expect(inside.length).toBeGreaterThan(60);
  for (const stop of inside.filter((index) => index % 7 === 0)) {
    const until = all[stop] as Position;
    const walker = history.create(machineWorld(1));
    const there: Position[] = [];
    while (step.forward(walker, 'micro', until, Infinity) === 'there') there.push(walker.world.at);
    expect(there).toEqual(all.slice(0, stop + 1));
    // Steps that are no smaller than an instruction stay before it.
    const plain = history.create(machineWorld(1));
    while (step.forward(plain, 'instruction', until, Infinity) === 'there');
    expect(compare(plain.world.at, until)).toBeLessThan(0);
    expect(plain.world.at.micro).toBe(0);
  }
});

test.each(['instruction', 'micro'] as const)(
  'one host’s steps by %s are its own, both ways',
  (grain) => {
    const run = history.create(machineWorld(1));
    run.interval = 3;
    const there: [string, string][] = [];
    for (let count = 0; count < 150; count++) {
      if (step.forward(run, grain, END, Infinity, 1) !== 'there') break;
      expect(run.world.at.source).toBe(1);
      there.push([JSON.stringify(run.world.at), hash(run.world)]);
    }
    there.pop();
    for (let at = step.back(run, grain, 1); compare(at, START) > 0; at = step.back(run, grain, 1))
      expect([JSON.stringify(at), hash(run.world)]).toEqual(there.pop());
    expect(there).toEqual([]);
  },
);
