/**
 * A scenario with its knobs turned: the same one in another world. What a reader or a link asks for
 * is checked first ({@link checkKnob}); each refusal says what may be asked for.
 */
import { COSTS } from '../contract/costs';
import type { Plain } from '../contract/plain';
import { nearest } from '../bits/nearest';
import type { WorldSpec } from '../world/spec';
import type { Knob, KnobValue, KnobValues, Parameter } from './format';
import type { Scenario } from './scenario';

export const presetOf = ({ range }: Knob): KnobValue => range.preset;

/** What products of fractions are off lies behind these; what a knob is turned to does not. */
const DIGITS = 14;

const rounded = (value: number, digits = DIGITS): number => Number(value.toPrecision(digits));

/** The world's number for the reader's: `0.3` where `times` is 1,000 is 300. */
export function worldValue({ range }: Knob, value: KnobValue): KnobValue {
  if (range.kind !== 'number' || typeof value !== 'number') return value;
  return rounded(value * (range.times ?? 1));
}

/** The reader's number for the world's, which was rounded itself: one digit less is sure. */
export function readersValue({ range }: Knob, value: number): number {
  return range.kind === 'number' ? rounded(value / (range.times ?? 1), DIGITS - 1) : value;
}

/** As people read it: the step that it stands at, where a sum of steps is a little off. */
export function onStep({ range }: Knob, value: KnobValue): KnobValue {
  if (range.kind !== 'number' || typeof value !== 'number') return value;
  const { least, step } = range;
  return rounded(least + Math.round((value - least) / step) * step);
}

/** The number at a dotted path of the costs; null when there is none. */
export function costAt(path: string): number | null {
  let value: unknown = COSTS;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = Reflect.get(value, name);
  }
  return typeof value === 'number' ? value : null;
}

type ProgramParameter = Extract<Parameter, { of: 'program' }>;

function argumentAt(world: WorldSpec, { host: name, program, argument }: ProgramParameter): Plain {
  const host = world.hosts.find((each) => each.name === name);
  const found = host?.kind === 'computer' ? host.programs[program] : undefined;
  const given = found?.kind === 'modelled' ? found.arguments : null;
  if (typeof given !== 'object' || given === null || !Object.hasOwn(given, argument)) return null;
  return (given as { readonly [name: string]: Plain })[argument] ?? null;
}

/** What a parameter stands at in `world`; null when there is no such parameter. */
export function valueAt(world: WorldSpec, sets: Parameter): Plain {
  switch (sets.of) {
    case 'cable':
      return world.cables.find(({ name }) => name === sets.cable)?.[sets.field] ?? null;
    case 'cost':
      return world.costs?.[sets.cost] ?? costAt(sets.cost);
    case 'program':
      return argumentAt(world, sets);
  }
}

/** `value` as what it replaces: a choice among numbers is of texts. */
function asKindOf(present: Plain, value: KnobValue): Plain {
  if (typeof present === 'number') return Number(value);
  return typeof present === 'string' ? String(value) : value;
}

function withProgram(world: WorldSpec, sets: ProgramParameter, value: Plain): WorldSpec {
  const hosts = world.hosts.map((host) => {
    if (host.kind !== 'computer' || host.name !== sets.host) return host;
    const programs = host.programs.map((program, index) => {
      if (program.kind !== 'modelled' || index !== sets.program) return program;
      const given = program.arguments as { readonly [name: string]: Plain };
      return { ...program, arguments: { ...given, [sets.argument]: value } };
    });
    return { ...host, programs };
  });
  return { ...world, hosts };
}

function withParameter(world: WorldSpec, sets: Parameter, asked: KnobValue): WorldSpec {
  const value = asKindOf(valueAt(world, sets), asked);
  switch (sets.of) {
    case 'cable': {
      const cables = world.cables.map((cable) =>
        cable.name === sets.cable ? { ...cable, [sets.field]: value as number } : cable,
      );
      return { ...world, cables };
    }
    case 'program':
      return withProgram(world, sets, value);
    case 'cost':
      return { ...world, costs: { ...world.costs, [sets.cost]: value as number } };
  }
}

/** Values that {@link checkKnob} has let through; a knob that is not named stands as it is. */
export function withKnobs<S extends Scenario>(scenario: S, values: KnobValues): S {
  const turned = scenario.knobs.filter(({ name }) => Object.hasOwn(values, name));
  const world = turned.reduce((before, knob) => {
    const value = values[knob.name] ?? presetOf(knob);
    return withParameter(before, knob.sets, worldValue(knob, value));
  }, scenario.world);
  return { ...scenario, world };
}

const MOST_COMPARISONS = 1_000;

function unknownKnob(knobs: readonly Knob[], name: string): string {
  const names = knobs.map((knob) => knob.name);
  if (names.length === 0) return `There is no knob "${name}": this scenario has none.`;
  const meant = nearest({ budget: MOST_COMPARISONS }, name, names);
  const hint = meant === null ? '' : `Did you mean "${meant}"? `;
  return `There is no knob "${name}". ${hint}There are: ${names.join(', ')}.`;
}

const STEP_SLACK = 1e-6;

/** Is `value` on the steps from `least` on? */
export function isOnStep(value: number, least: number, step: number): boolean {
  const steps = (value - least) / step;
  return Math.abs(steps - Math.round(steps)) < STEP_SLACK;
}

type Ranged<K> = Extract<Knob['range'], { kind: K }>;

function wrongNumber(range: Ranged<'number'>, value: KnobValue): string | null {
  const { least, most, step, unit } = range;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least || value > most)
    return `say a number from ${least} to ${most}${unit === '' ? '' : ` (${unit})`}`;
  return isOnStep(value, least, step) ? null : `it goes from ${least} in steps of ${step}`;
}

function wrongChoice({ options }: Ranged<'choice'>, value: KnobValue): string | null {
  const known = options.map((option) => option.value);
  return known.some((each) => each === value) ? null : `say one of ${known.join(', ')}`;
}

function wrongIn({ range }: Knob, value: KnobValue): string | null {
  switch (range.kind) {
    case 'number':
      return wrongNumber(range, value);
    case 'choice':
      return wrongChoice(range, value);
    case 'switch':
      return typeof value === 'boolean' ? null : 'say on or off';
  }
}

/** Why that knob cannot stand there, as a sentence; null when it can. Takes anything as a value. */
export function checkKnob({ knobs }: Scenario, name: string, value: KnobValue): string | null {
  const knob = knobs.find((each) => each.name === name);
  if (knob === undefined) return unknownKnob(knobs, name);
  const why = wrongIn(knob, value);
  const told = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return why === null ? null : `The knob "${name}" cannot stand at ${told}: ${why}.`;
}

/** `name=value` as somebody types it. */
export type Parsed =
  | { readonly ok: true; readonly name: string; readonly value: KnobValue }
  | { readonly ok: false; readonly error: string };

const SWITCHES: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['true', true],
  ['off', false],
  ['false', false],
]);

function valueIn(knob: Knob | undefined, text: string): KnobValue {
  switch (knob?.range.kind) {
    case 'number':
      return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case 'switch':
      return SWITCHES.get(text.toLowerCase()) ?? text;
    case 'choice':
    case undefined:
      return text;
  }
}

/** One setting of a knob of `scenario`, checked. */
export function parseKnob(scenario: Scenario, text: string): Parsed {
  const [, name, rest] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || rest === undefined)
    return { ok: false, error: `"${text}": say knob=value, as in speed=10.` };
  const knob = scenario.knobs.find((each) => each.name === name);
  const value = valueIn(knob, rest);
  const error = checkKnob(scenario, name, value);
  return error === null ? { ok: true, name, value } : { ok: false, error };
}
