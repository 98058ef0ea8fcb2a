/** Knobs: what may be asked for, in words when it may not; and that what is asked for is the world's. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkKnob,
  COSTS,
  hash,
  parseKnob,
  presetOf,
  run as history,
  withKnobs,
  type Knob,
  type KnobValue,
  type Scenario,
} from '../../../simulator';
import { valueAt } from '../../../simulator/scenario/knobs';
import { CALLS, COUNT, ping, SPEED } from './stories';

const LENGTH: Knob = {
  ...SPEED,
  name: 'length',
  range: { kind: 'number', unit: 'm', least: 0.5, most: 100, step: 0.5, preset: 20 },
  sets: { of: 'cable', cable: 'cable', field: 'lengthMetres' },
};
const RATES: Knob = {
  ...SPEED,
  name: 'rates',
  range: {
    kind: 'choice',
    options: [
      { value: '10000000', label: '10 Mbit/s' },
      { value: '100000000', label: '100 Mbit/s' },
    ],
    preset: '100000000',
  },
};
const TO: Knob = {
  ...COUNT,
  name: 'to',
  range: {
    kind: 'choice',
    options: [
      { value: '10.0.0.2', label: 'Computer B' },
      { value: '10.0.0.3', label: 'nobody' },
    ],
    preset: '10.0.0.2',
  },
  sets: { of: 'program', host: 'client', program: 0, argument: 'destination' },
};
const LOUD: Knob = { ...COUNT, name: 'loud', range: { kind: 'switch', preset: false } };

const knobs = [SPEED, LENGTH, COUNT, CALLS, RATES, TO, LOUD];
const scenario: Scenario = { ...ping, knobs };

describe('checked', () => {
  test.each<[name: string, value: unknown, said: RegExp | null]>([
    ['speed', 10, null],
    ['speed', 1000, null],
    ['speed', 0, /"speed" cannot stand at 0: say a number from 10 to 1000 \(Mbit\/s\)/],
    ['speed', 1010, /from 10 to 1000/],
    ['speed', 15, /from 10 in steps of 10/],
    ['speed', NaN, /from 10 to 1000/],
    ['speed', '100', /stand at "100": say a number/],
    ['speed', true, /say a number/],
    ['speed', null, /say a number/],
    ['length', 0.5, null],
    ['length', 99.5, null],
    ['length', 0.7, /in steps of 0\.5/],
    ['rates', '10000000', null],
    ['rates', 10000000, /say one of 10000000, 100000000/],
    ['loud', true, null],
    ['loud', 'on', /say on or off/],
    ['sped', 10, /no knob "sped"\. Did you mean "speed"\? There are: speed, length/],
    ['zzzzzzz', 10, /no knob "zzzzzzz"\. There are: speed/],
    ['__proto__', 10, /no knob/],
  ])('%s at %o', (name, value, said) => {
    const why = checkKnob(scenario, name, value as KnobValue);
    if (said === null) expect(why).toBe(null);
    else expect(why).toMatch(said);
  });

  test('a scenario without knobs says so', () => {
    expect(checkKnob(ping, 'speed', 1)).toMatch(/this scenario has none/);
  });
});

describe('typed', () => {
  test.each<[text: string, parsed: object]>([
    ['speed=10', { ok: true, name: 'speed', value: 10 }],
    ['length=0.5', { ok: true, name: 'length', value: 0.5 }],
    ['to=10.0.0.3', { ok: true, name: 'to', value: '10.0.0.3' }],
    ['loud=on', { ok: true, name: 'loud', value: true }],
    ['loud=FALSE', { ok: true, name: 'loud', value: false }],
    ['speed', { ok: false, error: '"speed": say knob=value, as in speed=10.' }],
    ['=3', { ok: false }],
    ['speed=', { ok: false }],
    ['speed=fast', { ok: false }],
    ['speed=1e2', { ok: false }],
    ['speed=0x10', { ok: false }],
    ['sped=10', { ok: false }],
    ['loud=very', { ok: false }],
  ])('%s', (text, parsed) => {
    expect(parseKnob(scenario, text)).toMatchObject(parsed);
  });
});

describe('turned', () => {
  test.each<[knob: Knob, value: KnobValue, there: unknown]>([
    [SPEED, 10, 10_000_000],
    [LENGTH, 0.5, 0.5],
    [RATES, '10000000', 10_000_000],
    [COUNT, 5, 5],
    [TO, '10.0.0.3', '10.0.0.3'],
    [CALLS, 600, 600],
  ])('%o at %s', (knob, value, there) => {
    const { world } = withKnobs(scenario, { [knob.name]: value });
    expect(valueAt(world, knob.sets)).toBe(there);
    // Nothing else is another.
    for (const other of knobs)
      if (JSON.stringify(other.sets) !== JSON.stringify(knob.sets))
        expect(valueAt(world, other.sets)).toEqual(valueAt(ping.world, other.sets));
  });

  test('of two programs of a computer, only the one that is meant', () => {
    const hosts = ping.world.hosts.map((host) =>
      host.kind === 'computer' ? { ...host, programs: [...host.programs, ...host.programs] } : host,
    );
    const twice = { ...scenario, world: { ...ping.world, hosts } };
    const { world } = withKnobs(twice, { requests: 5 });
    const second = { ...COUNT.sets, program: 1 } as typeof COUNT.sets;
    expect([valueAt(world, COUNT.sets), valueAt(world, second)]).toEqual([5, 3]);
  });

  test('a cost is turned in the world, never in the table', () => {
    const before = JSON.stringify(COSTS);
    const turned = withKnobs(scenario, { 'call-cost': 600 });
    const ends = [ping, turned].map(({ world }) => {
      const run = history.create(world);
      history.seekTime(run, ping.endsAtNs);
      return hash(run.world);
    });
    expect(ends[0]).not.toBe(ends[1]);
    expect(JSON.stringify(COSTS)).toBe(before);
  });

  test('a fraction of a step comes out whole', () => {
    const range = {
      kind: 'number',
      unit: 'Gbit/s',
      least: 0.1,
      most: 3,
      step: 0.1,
      preset: 0.1,
    } as const;
    const tenths = { ...SPEED, range: { ...range, times: 1e9 } };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (tenth) => {
        const value = tenth * 0.1;
        expect(checkKnob({ ...ping, knobs: [tenths] }, 'speed', value > 3 ? 3 : value)).toBe(null);
        const { world } = withKnobs({ ...ping, knobs: [tenths] }, { speed: value });
        expect(valueAt(world, tenths.sets)).toBe(tenth * 100_000_000);
      }),
    );
  });

  test('what is let through makes a world that runs, the same each time', () => {
    const anyOf = ({ range }: Knob): fc.Arbitrary<KnobValue> => {
      if (range.kind === 'switch') return fc.boolean();
      if (range.kind === 'choice')
        return fc.constantFrom(...range.options.map((each) => each.value));
      const steps = Math.floor((range.most - range.least) / range.step);
      return fc.nat(steps).map((step) => range.least + step * range.step);
    };
    const all = fc.record(
      Object.fromEntries([SPEED, LENGTH, COUNT, CALLS, TO].map((knob) => [knob.name, anyOf(knob)])),
      { requiredKeys: [] },
    );
    const endOfRun = (turned: Scenario): string => {
      const run = history.create(turned.world);
      history.seekTime(run, 3_000_000);
      return hash(run.world);
    };
    fc.assert(
      fc.property(all, (values) => {
        for (const [name, value] of Object.entries(values))
          expect(checkKnob(scenario, name, value as KnobValue)).toBe(null);
        const given = values as Record<string, KnobValue>;
        const presets = Object.fromEntries(
          [SPEED, LENGTH, COUNT, CALLS, TO].map((knob) => [knob.name, presetOf(knob)]),
        );
        // What is not named stands at its preset.
        expect(endOfRun(withKnobs(scenario, { ...presets, ...given }))).toBe(
          endOfRun(withKnobs(scenario, given)),
        );
      }),
      { numRuns: 15 },
    );
  });
});
