/** Reading something that may be anything: what is there, or a complaint about the field. */

export type Report = (field: string, message: string) => void;
export type Fields = Readonly<Record<string, unknown>>;

/** What lies within `prefix` is complained about by its whole path. */
export const within =
  (report: Report, prefix: string): Report =>
  (field, message) => {
    report(field === '' ? prefix : `${prefix}.${field}`, message);
  };

export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'a list';
  if (value === null || typeof value !== 'object')
    return typeof value === 'symbol' ? 'a symbol' : String(value);
  return 'an object';
}

export const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

/** The object in a field; null, and a complaint, when there is none. */
export function objectAt(report: Report, fields: Fields, name: string): Fields | null {
  const found = fieldsOf(fields[name]);
  if (found === null) report(name, `must be an object, not ${show(fields[name])}`);
  return found;
}

/** The list in a field; an empty one, and a complaint, when there is none or it is too short. */
export function listAt(
  report: Report,
  fields: Fields,
  name: string,
  least = 0,
): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) report(name, `must be a list, not ${show(value)}`);
  else if (value.length < least) report(name, `must have ${least} or more, not ${value.length}`);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** A text that says something. */
export function textAt(report: Report, fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  report(name, `must be a text that is not empty, not ${show(value)}`);
  return null;
}

export type Bounds = { readonly least?: number; readonly most?: number; readonly whole?: boolean };

function inWords({ least, most, whole = false }: Bounds): string {
  const kind = whole ? 'a whole number' : 'a finite number';
  if (least !== undefined && most !== undefined) return `${kind} from ${least} to ${most}`;
  if (least !== undefined) return `${kind}, ${least} or more`;
  return most === undefined ? kind : `${kind}, ${most} or less`;
}

const isWithin = (value: number, { least = -Infinity, most = Infinity, whole }: Bounds): boolean =>
  Number.isFinite(value) &&
  value >= least &&
  value <= most &&
  (whole !== true || Number.isSafeInteger(value));

export function numberAt(
  report: Report,
  fields: Fields,
  name: string,
  bounds: Bounds = {},
): number | null {
  const value = fields[name];
  if (typeof value === 'number' && isWithin(value, bounds)) return value;
  report(name, `must be ${inWords(bounds)}, not ${show(value)}`);
  return null;
}

/** A number that is more than 0. */
export function positiveAt(report: Report, fields: Fields, name: string): number | null {
  const value = numberAt(report, fields, name);
  if (value === null || value > 0) return value;
  report(name, `must be more than 0, not ${value}`);
  return null;
}

/** A world of a thousand computers has some thousand names. */
const MOST_NAMED = 30;

/** One of the names; null, and a complaint that says which there are. */
export function oneOf<T extends string>(
  report: Report,
  field: string,
  value: unknown,
  names: readonly T[],
): T | null {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const more = names.length > MOST_NAMED ? `, and ${names.length - MOST_NAMED} more` : '';
  const listed = `there are: ${names.slice(0, MOST_NAMED).join(', ')}${more}`;
  const known = names.length === 0 ? 'there are none' : listed;
  report(field, `there is no ${show(value)}; ${known}`);
  return null;
}

/** Letters, digits and hyphens. */
export function nameAt(report: Report, fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(value)) return value;
  report(name, `must be of letters, digits and hyphens, not ${show(value)}`);
  return null;
}

/** Complains about each that was there before. */
export function allDiffer(report: Report, field: string, values: readonly unknown[]): void {
  values.forEach((value, index) => {
    if (value !== null && values.indexOf(value) < index)
      report(field, `${show(value)} is there twice`);
  });
}

/** A misspelt field would be passed over in silence. */
export function onlyKnown(report: Report, fields: Fields, known: readonly string[]): void {
  for (const name of Object.keys(fields))
    if (!known.includes(name))
      report(name, `there is no such field; there are: ${known.join(', ')}`);
}
