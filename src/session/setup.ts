/**
 * What a reader changed before the start: programs that were edited and knobs that were turned; and
 * the scenario that comes of it. What is done while time runs is in the input log.
 */
import {
  onStep,
  presetOf,
  readersValue,
  withKnobs,
  worldValue,
  type Deed,
  type Input,
  type KnobValues,
  type Scenario,
} from '../../simulator';
import { edited, type Edited, type Sources } from './programs';

export type Setup = { readonly sources: Sources; readonly knobs: KnobValues };

export const AS_WRITTEN: Setup = { sources: {}, knobs: {} };

export const isAsWritten = ({ sources, knobs }: Setup): boolean =>
  Object.keys(sources).length === 0 && Object.keys(knobs).length === 0;

/** The authored scenario, set up like that; a source that does not assemble tells why. */
export function arranged(scenario: Scenario, { sources, knobs }: Setup): Edited {
  return edited(withKnobs(scenario, knobs), sources);
}

export const reseeded = (scenario: Scenario, seed: number): Scenario => ({
  ...scenario,
  world: { ...scenario.world, seed },
});

/** Without the last program that was edited; without any, without the last knob that was turned. */
export function withoutLast({ sources, knobs }: Setup): Setup {
  const but = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).slice(0, -1));
  if (Object.keys(sources).length > 0) return { sources: but(sources), knobs };
  return { ...AS_WRITTEN, knobs: but(knobs) };
}

const sorted = (record: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)));

export const isSameSetup = (one: Setup, other: Setup): boolean =>
  sorted(one.sources) === sorted(other.sources) && sorted(one.knobs) === sorted(other.knobs);

/** `values` with that knob at `value`; at its preset it need not be named. */
export function turned(
  { knobs }: Scenario,
  values: KnobValues,
  name: string,
  value: KnobValues[string],
): KnobValues {
  const rest = Object.entries(values).filter(([each]) => each !== name);
  const knob = knobs.find((each) => each.name === name);
  if (knob !== undefined && presetOf(knob) !== value) rest.push([name, value]);
  return Object.fromEntries(rest);
}

/** What turning that knob does while time runs; null when it can be turned only before the start. */
export function deedOf({ knobs }: Scenario, name: string, value: KnobValues[string]): Deed | null {
  const knob = knobs.find((each) => each.name === name);
  if (knob?.sets.of !== 'cable' || typeof value !== 'number') return null;
  const { cable, field } = knob.sets;
  return { kind: 'set', cable, field, value: Number(worldValue(knob, value)) };
}

/** All knobs of `scenario` as they stand at `timeNs`: presets, what was turned before the start, and since. */
export function knobsNow(
  { knobs }: Scenario,
  before: KnobValues,
  inputs: readonly Input[],
  timeNs: number,
): KnobValues {
  const values = knobs.map((knob) => {
    const { name, sets } = knob;
    const since = inputs.findLast(
      ({ atNs, deed }) =>
        deed.kind === 'set' &&
        atNs <= timeNs &&
        sets.of === 'cable' &&
        deed.cable === sets.cable &&
        deed.field === sets.field,
    )?.deed;
    const value =
      since?.kind === 'set' ? readersValue(knob, since.value) : (before[name] ?? presetOf(knob));
    return [name, onStep(knob, value)] as const;
  });
  return Object.fromEntries(values);
}
