/** What may be done to a world, and why not. */
import { expect, test } from 'vitest';
import {
  endOf,
  look,
  RAM_BASE,
  run as history,
  type Deed,
  type Knob,
  type Scenario,
} from '../../simulator';
import { tooLate, refusal } from '../../src/session/deeds';
import { Engine } from '../../src/session/engine';
import { momentAfter, page, ping } from './scenarios';

const rate: Knob = {
  name: 'rate',
  title: 'Rate',
  means: 'How many bits a second the cable takes.',
  range: {
    kind: 'number',
    unit: 'Mbit/s',
    least: 10,
    most: 1000,
    step: 10,
    preset: 100,
    times: 1e6,
  },
  sets: { of: 'cable', cable: 'cable', field: 'bitsPerSecond' },
};
const scenario: Scenario = {
  ...page,
  knobs: [rate],
  world: {
    ...page.world,
    hosts: [...page.world.hosts, { kind: 'outside', name: 'jack', title: 'Somebody' }],
  },
};
const without = (...faults: Scenario['faults'][number][]): Scenario => ({
  ...scenario,
  faults: scenario.faults.filter((each) => !faults.includes(each)),
});

const LAST = RAM_BASE + 0x10_0000 - 1;
const flip = (host: string, address: number, bit: number): Deed => ({
  kind: 'flip',
  host,
  address,
  bit,
});
const set = (value: number, field: 'bitsPerSecond' | 'lengthMetres' = 'bitsPerSecond'): Deed => ({
  kind: 'set',
  cable: 'cable',
  field,
  value,
});

test.each<[string, Scenario, Deed, RegExp | null]>([
  ['the first bit of RAM', scenario, flip('client', RAM_BASE, 0), null],
  ['the last bit of RAM', scenario, flip('client', LAST, 7), null],
  ['below RAM', scenario, flip('client', RAM_BASE - 1, 0), /0x80000000 to 0x800fffff/],
  ['above RAM', scenario, flip('client', LAST + 1, 0), /0x80000000 to 0x800fffff/],
  ['between octets', scenario, flip('client', RAM_BASE + 0.5, 0), /RAM of Computer A/],
  ['a ninth bit', scenario, flip('client', RAM_BASE, 8), /bits 0 to 7/],
  ['a bit of nobody', scenario, flip('nobody', RAM_BASE, 0), /no computer called nobody/],
  ['a bit outside', scenario, flip('jack', RAM_BASE, 0), /nobody can flip a bit of RAM there/],
  ['flips not on offer', without('flip'), flip('client', RAM_BASE, 0), /does not offer to flip/],
  ['a process', scenario, { kind: 'kill', host: 'server', process: 1 }, null],
  [
    'kills not on offer',
    without('kill'),
    { kind: 'kill', host: 'server', process: 1 },
    /does not offer to kill a process/,
  ],
  ['a process outside', scenario, { kind: 'kill', host: 'jack', process: 1 }, /nobody can kill/],
  ['a rate that the knob has', scenario, set(10_000_000), null],
  ['a rate beyond the knob', scenario, set(5_000_000_000), /./],
  ['a rate between its steps', scenario, set(12_345), /./],
  ['what no knob turns', scenario, set(30, 'lengthMetres'), /does not offer to change/],
])('%s', (_, of, deed, why) => {
  const refused = refusal(of, deed);
  if (why === null) expect(refused).toBeNull();
  else expect(refused).toMatch(why);
});

test.each([
  ['while it runs', 100_000, 1, null],
  ['when it has ended', 2_400_000, 1, /no process 1 to kill at this moment/],
  ['that never was', 100_000, 2, /no process 2/],
])('a process %s', (_, atNs, process, why) => {
  const run = history.create(ping.world);
  history.runTo(run, endOf(atNs));
  const refused = tooLate(run.world, { kind: 'kill', host: 'client', process });
  if (why === null) expect(refused).toBeNull();
  else expect(refused).toMatch(why);
});

/** Where the client's program goes on. */
function pcAt(atNs: number): number {
  const run = history.create(page.world);
  history.runTo(run, endOf(atNs));
  return look(run.world, { view: 'os', part: 'client' })?.processes[0]?.pc ?? 0;
}

test.each<[string, Scenario, number, Deed]>([
  ['a bit that flipped', page, 15_000, flip('client', pcAt(15_000), 1)],
  ['a process that was killed', ping, 100_000, { kind: 'kill', host: 'client', process: 1 }],
])('%s is undone', (_, of, atNs, deed) => {
  const engine = new Engine(of);
  const before = momentAfter(engine, { kind: 'seek', to: of.endsAtNs });
  momentAfter(engine, { kind: 'seek', to: atNs });
  momentAfter(engine, { kind: 'deed', deed });
  const changed = momentAfter(engine, { kind: 'seek', to: of.endsAtNs });
  expect(changed.hosts).not.toEqual(before.hosts);
  momentAfter(engine, { kind: 'undo' });
  const after = momentAfter(engine, { kind: 'seek', to: of.endsAtNs });
  expect(after.hosts).toEqual(before.hosts);
  expect(after.log).toEqual(before.log);
});
