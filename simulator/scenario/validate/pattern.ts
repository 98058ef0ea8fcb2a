/** Patterns and where a playhead stops by them. */
import { isSeen } from '../places';
import {
  fieldsOf,
  numberAt,
  objectAt,
  oneOf,
  onlyKnown,
  positiveAt,
  show,
  textAt,
  within,
} from './shape';
import type { Fields, Report } from './shape';
import type { Facts } from './world';

const FIELDS = ['see', 'kind', 'part', 'from', 'to', 'what', 'frame', 'fine'];
/** Fields of the other kind of thing seen. */
const NOT_OF = { move: ['part'], note: ['from', 'to'] } as const;

const isScalar = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

function checkWhat(report: Report, what: unknown): void {
  if (what === undefined) return;
  const fields = fieldsOf(what);
  if (fields === null) report('what', `must be an object, not ${show(what)}`);
  for (const [path, value] of Object.entries(fields ?? {})) {
    if (path.split('.').includes('')) report('what', `"${path}" is no dotted path`);
    if (!isScalar(value))
      report(`what.${path}`, `must be a text, a number, true, false or null, not ${show(value)}`);
  }
}

function checkFrame(report: Report, frame: unknown): void {
  if (frame === undefined) return;
  const layers = fieldsOf(frame);
  if (layers === null) report('frame', `must be an object, not ${show(frame)}`);
  for (const [layer, wanted] of Object.entries(layers ?? {})) {
    const fields = fieldsOf(wanted);
    if (fields === null) report(`frame.${layer}`, `must be an object, not ${show(wanted)}`);
    for (const [name, value] of Object.entries(fields ?? {}))
      if (typeof value !== 'string')
        report(`frame.${layer}.${name}`, `must be a text, not ${show(value)}`);
  }
}

function checkPaths(report: Report, fields: Fields, { names }: Facts): void {
  for (const name of ['part', 'from', 'to']) {
    const path = fields[name];
    if (path === undefined) continue;
    if (typeof path !== 'string' || !isSeen(names, path))
      report(name, `there is no part ${show(path)} in this world`);
  }
}

export function checkPattern(
  outer: Report,
  holder: Fields,
  name: string,
  facts: Facts,
): Fields | null {
  const fields = objectAt(outer, holder, name);
  if (fields === null) return null;
  const report = within(outer, name);
  onlyKnown(report, fields, FIELDS);
  const see = oneOf(report, 'see', fields['see'], ['move', 'note']);
  textAt(report, fields, 'kind');
  if (see !== null)
    for (const other of NOT_OF[see])
      if (fields[other] !== undefined) report(other, `a ${see} has no such field`);
  checkPaths(report, fields, facts);
  checkWhat(report, fields['what']);
  checkFrame(report, fields['frame']);
  const { fine } = fields;
  if (fine !== undefined && typeof fine !== 'boolean')
    report('fine', `must be true or false, not ${show(fine)}`);
  return fields;
}

const STOP_FIELDS = ['after', 'coarse', 'nth', 'then', 'thenNth', 'withinNs', 'stand'];
const STANDS = ['before', 'after', 'halfway'];

/** `earlier`: ids of the chapters before it. */
export function checkStop(
  outer: Report,
  chapter: Fields,
  earlier: readonly string[],
  facts: Facts,
): void {
  const { stop } = chapter;
  if (stop === 'start' || stop === 'end') return;
  const fields = fieldsOf(stop);
  if (fields === null) {
    outer('stop', `must be "start", "end" or a matcher, not ${show(stop)}`);
    return;
  }
  const report = within(outer, 'stop');
  onlyKnown(report, fields, STOP_FIELDS);
  const { after } = fields;
  if (after !== undefined && !earlier.some((id) => id === after))
    report('after', `there is no earlier chapter ${show(after)}`);
  const coarse = checkPattern(report, fields, 'coarse', facts);
  if (coarse?.['fine'] === true) report('coarse.fine', 'what happens inside a part goes to "then"');
  if (fields['nth'] !== undefined) numberAt(report, fields, 'nth', { least: 1, whole: true });
  const fine = checkThen(report, fields, facts);
  checkStand(report, fields['stand'], fine ?? coarse);
}

function checkStand(report: Report, stand: unknown, found: Fields | null): void {
  if (stand !== undefined) oneOf(report, 'stand', stand, STANDS);
  if (stand === 'halfway' && found?.['see'] === 'note')
    report('stand', 'a note takes no time, so that nothing is halfway of it');
}

function checkThen(report: Report, stop: Fields, facts: Facts): Fields | null {
  const { then, thenNth, withinNs } = stop;
  if (thenNth !== undefined) numberAt(report, stop, 'thenNth', { least: 1, whole: true });
  if (withinNs !== undefined) positiveAt(report, stop, 'withinNs');
  if (then !== undefined) return checkPattern(report, stop, 'then', facts);
  if (thenNth !== undefined || withinNs !== undefined)
    report('then', 'is missing, though it is said where to look for it');
  return null;
}
