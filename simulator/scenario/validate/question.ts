/** What a chapter asks, and what it supposes. */
import { RAM_BASE } from '../../contract/map';
import { CABLE_PARAMETERS } from '../../link/parameters';
import { checkPattern } from './pattern';
import {
  allDiffer,
  fieldsOf,
  listAt,
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

const DEEDS = ['fault', 'cut', 'mend', 'set', 'type', 'frame', 'flip', 'kill'];
export const FAULTS = ['drop', 'corrupt', 'delay', 'duplicate'] as const;

/** What is broken inside a computer. */
function checkInside(report: Report, kind: 'flip' | 'kill', deed: Fields, { names }: Facts): void {
  oneOf(report, 'host', deed['host'], names.computers);
  if (kind === 'kill') {
    numberAt(report, deed, 'process', { least: 1, whole: true });
    return;
  }
  numberAt(report, deed, 'address', { least: RAM_BASE, whole: true });
  numberAt(report, deed, 'bit', { least: 0, most: 7, whole: true });
}

function checkDeed(report: Report, value: unknown, facts: Facts): void {
  const { names } = facts;
  const deed = fieldsOf(value) ?? {};
  const kind = oneOf(report, 'kind', deed['kind'], DEEDS);
  if (kind === 'flip' || kind === 'kill') {
    checkInside(report, kind, deed, facts);
    return;
  }
  if (kind === 'type' || kind === 'frame') {
    oneOf(report, 'host', deed['host'], kind === 'type' ? names.computers : names.outsides);
    if (!(deed['octets'] instanceof Uint8Array) || deed['octets'].length === 0)
      report('octets', `must be octets, one or more, not ${show(deed['octets'])}`);
  } else if (kind !== null) oneOf(report, 'cable', deed['cable'], names.cables);
  if (kind === 'set') {
    oneOf(report, 'field', deed['field'], CABLE_PARAMETERS);
    positiveAt(report, deed, 'value');
  }
  if (kind === 'fault') checkFault(report, deed);
}

function checkFault(report: Report, deed: Fields): void {
  if (deed['frame'] !== undefined) numberAt(report, deed, 'frame', { least: 0, whole: true });
  const fault = objectAt(report, deed, 'fault');
  if (fault === null) return;
  const kind = oneOf(report, 'fault.kind', fault['kind'], FAULTS);
  const inner = within(report, 'fault');
  if (kind === 'delay') numberAt(inner, fault, 'delayNs', { least: 0 });
  if (kind === 'corrupt' && fault['bit'] !== undefined)
    numberAt(inner, fault, 'bit', { least: 0, whole: true });
}

function checkGiven(outer: Report, prediction: Fields, facts: Facts): void {
  if (prediction['given'] === undefined) return;
  const given = objectAt(outer, prediction, 'given');
  if (given === null) return;
  const report = within(outer, 'given');
  textAt(report, given, 'words');
  listAt(report, given, 'deeds', 1).forEach((deed, index) => {
    checkDeed(within(report, `deeds.${index}`), deed, facts);
  });
}

function checkOptions(report: Report, question: Fields, facts: Facts): void {
  const labels = listAt(report, question, 'options', 2).map((value, index) => {
    const at = within(report, `options.${index}`);
    const option = fieldsOf(value) ?? {};
    checkPattern(at, option, 'fits', facts);
    return textAt(at, option, 'label');
  });
  allDiffer(report, 'options', labels);
}

const NUMBERS = ['timeTo', 'count', 'value'];

function checkNumber(report: Report, question: Fields, facts: Facts): void {
  textAt(report, question, 'unit');
  if (question['divisor'] !== undefined) positiveAt(report, question, 'divisor');
  if (question['tolerance'] !== undefined) numberAt(report, question, 'tolerance', { least: 0 });
  const of = objectAt(report, question, 'of');
  if (of === null) return;
  const at = within(report, 'of');
  const [name, ...more] = NUMBERS.filter((each) => of[each] !== undefined);
  if (name === undefined || more.length > 0) {
    report('of', `must have one of ${NUMBERS.join(', ')}`);
    return;
  }
  checkPattern(at, of, name, facts);
  if (name === 'count' && of['until'] !== undefined) checkPattern(at, of, 'until', facts);
  if (name === 'value') textAt(at, of, 'at');
}

/** More than can be shown to be marked. */
const MOST_WORDS = 64;

function checkWords(report: Report, of: Fields, ramOctets: number): void {
  const end = RAM_BASE + ramOctets;
  const from = numberAt(report, of, 'from', { least: RAM_BASE, most: end - 4, whole: true });
  if (from !== null && from % 4 !== 0) report('from', 'a word begins at a multiple of 4');
  const count = numberAt(report, of, 'count', { least: 1, most: MOST_WORDS, whole: true });
  if (from !== null && count !== null && from + 4 * count > end)
    report('count', `RAM has no more than ${Math.floor((end - from) / 4)} from there`);
}

function checkCells(outer: Report, question: Fields, facts: Facts): void {
  checkPattern(outer, question, 'changedBy', facts);
  const of = objectAt(outer, question, 'of');
  if (of === null) return;
  const report = within(outer, 'of');
  const kind = oneOf(report, 'kind', of['kind'], ['registers', 'words']);
  const host = oneOf(report, 'host', of['host'], facts.names.computers);
  const computer = facts.computers.get(host ?? '');
  if (computer === undefined) return;
  if (kind === 'words') checkWords(report, of, computer.ramOctets);
  if (kind === 'registers' && !computer.hasRegisters)
    report('host', `the processor of ${show(host)} is modelled and has no registers`);
}

const KINDS: Readonly<Record<string, (report: Report, question: Fields, facts: Facts) => void>> = {
  choice: checkOptions,
  order: checkOptions,
  part: (report, question, facts) => checkPattern(report, question, 'fits', facts),
  number: checkNumber,
  cells: checkCells,
};

export function checkPrediction(outer: Report, chapter: Fields, facts: Facts): void {
  if (chapter['prediction'] === undefined) return;
  const prediction = objectAt(outer, chapter, 'prediction');
  if (prediction === null) return;
  const report = within(outer, 'prediction');
  textAt(report, prediction, 'ask');
  textAt(report, prediction, 'because');
  checkGiven(report, prediction, facts);
  const question = objectAt(report, prediction, 'question');
  if (question === null) return;
  const at = within(report, 'question');
  const kind = oneOf(at, 'kind', question['kind'], Object.keys(KINDS));
  KINDS[kind ?? '']?.(at, question, facts);
}
