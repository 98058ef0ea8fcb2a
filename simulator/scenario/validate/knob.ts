/** Knobs: a sane range, and something in the world that they turn. */
import type { Plain } from '../../contract/plain';
import { CABLE_PARAMETERS } from '../../link/parameters';
import type { Parameter } from '../format';
import { isOnStep, valueAt } from '../knobs';
import {
  allDiffer,
  fieldsOf,
  listAt,
  nameAt,
  numberAt,
  objectAt,
  oneOf,
  positiveAt,
  show,
  textAt,
  within,
  type Fields,
  type Report,
} from './shape';
import type { Facts } from './world';

/** The world's values that it can stand at, its preset first; none when the range is not sane. */
type Values = readonly unknown[];

function numbersOf(report: Report, range: Fields): Values {
  const least = numberAt(report, range, 'least');
  const most = numberAt(report, range, 'most');
  const step = positiveAt(report, range, 'step');
  if (typeof range['unit'] !== 'string') report('unit', 'must be a text, empty when it has none');
  const times = range['times'] === undefined ? 1 : positiveAt(report, range, 'times');
  if (least === null || most === null || step === null || times === null) return [];
  if (least >= most) report('least', `must be less than ${most}, not ${least}`);
  const preset = numberAt(report, range, 'preset', { least, most });
  if (preset === null) return [];
  if (!isOnStep(preset, least, step)) report('preset', `it goes from ${least} in steps of ${step}`);
  return [preset, least, most].map((value) => value * times);
}

function choicesOf(report: Report, range: Fields): Values {
  const values = listAt(report, range, 'options', 2).map((each, index) => {
    const at = within(report, `options.${index}`);
    const option = fieldsOf(each) ?? {};
    textAt(at, option, 'label');
    return textAt(at, option, 'value');
  });
  allDiffer(report, 'options', values);
  const { preset } = range;
  if (values.includes(preset as string)) return [preset, ...values];
  report('preset', `${show(preset)} is none of the options`);
  return [];
}

function switchesOf(report: Report, { preset }: Fields): Values {
  if (typeof preset === 'boolean') return [preset, true, false];
  report('preset', `must be true or false, not ${show(preset)}`);
  return [];
}

const RANGES = { number: numbersOf, choice: choicesOf, switch: switchesOf };

function rangeOf(outer: Report, knob: Fields): Values {
  const range = objectAt(outer, knob, 'range');
  if (range === null) return [];
  const report = within(outer, 'range');
  const kind = oneOf(report, 'kind', range['kind'], ['number', 'choice', 'switch']);
  return kind === null ? [] : RANGES[kind](report, range);
}

/** What it turns; null when the shape is wrong. */
function parameterOf(outer: Report, knob: Fields, { names }: Facts): Parameter | null {
  const sets = objectAt(outer, knob, 'sets');
  if (sets === null) return null;
  const report = within(outer, 'sets');
  const of = oneOf(report, 'of', sets['of'], ['cable', 'program', 'cost']);
  const read = {
    cable: () => [
      oneOf(report, 'cable', sets['cable'], names.cables),
      oneOf(report, 'field', sets['field'], CABLE_PARAMETERS),
    ],
    program: () => [
      oneOf(report, 'host', sets['host'], names.computers),
      numberAt(report, sets, 'program', { least: 0, whole: true }),
      textAt(report, sets, 'argument'),
    ],
    cost: () => [textAt(report, sets, 'cost')],
  };
  if (of === null || read[of]().includes(null)) return null;
  return sets as Parameter;
}

function fitsIn(present: Plain, value: unknown): boolean {
  if (typeof present === 'number')
    return typeof value !== 'boolean' && Number.isFinite(Number(value));
  return typeof present === typeof value;
}

/** A choice among numbers is of texts. */
const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Whether the world has what it turns, and has it where the preset says. */
function checkTarget(report: Report, sets: Parameter, values: Values, { world }: Facts): void {
  if (world === null) return;
  const present = valueAt(world, sets);
  if (present === null) {
    report('sets', 'there is nothing of the kind in this world');
    return;
  }
  const [preset] = values;
  if (values.some((value) => !fitsIn(present, value)))
    report('range', `its values cannot replace ${show(present)}`);
  else if (preset !== undefined && asText(preset) !== asText(present))
    report('range.preset', `the world has ${show(present)}, the preset stands for ${show(preset)}`);
  const mustBePositive = sets.of === 'cable' && sets.field === 'bitsPerSecond';
  const least = Math.min(...values.filter((value) => typeof value === 'number'));
  if (least < 0 || (mustBePositive && least === 0))
    report('range.least', `the world cannot have ${least} there`);
}

export function checkKnobs(outer: Report, scenario: Fields, facts: Facts): void {
  const names = listAt(outer, scenario, 'knobs').map((value, index) => {
    const knob = fieldsOf(value) ?? {};
    const report = within(outer, `knobs.${index}`);
    const name = nameAt(report, knob, 'name');
    textAt(report, knob, 'title');
    textAt(report, knob, 'means');
    const values = rangeOf(report, knob);
    const sets = parameterOf(report, knob, facts);
    if (sets !== null) checkTarget(report, sets, values, facts);
    return name;
  });
  allDiffer(outer, 'knobs', names);
}
