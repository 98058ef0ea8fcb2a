/** The front matter: `---`, lines `name: value`, `---`. Every field must be there, and no other. */
import type { Report } from './mistake';

const FIELDS = ['title', 'date', 'tags', 'summary'] as const;
type Field = (typeof FIELDS)[number];

export type Front = {
  readonly title: string;
  readonly date: string;
  readonly tags: readonly string[];
  readonly summary: string;
  /** How many lines of the file it takes. */
  readonly lines: number;
};

const isField = (name: string): name is Field => (FIELDS as readonly string[]).includes(name);

/** Is it a day that there is. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

function fieldsOf(lines: readonly string[], report: Report): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  lines.forEach((text, i) => {
    const line = i + 2;
    const [, name = '', value = ''] = /^([\w-]+):\s*(.*?)\s*$/.exec(text) ?? [];
    if (!isField(name)) {
      report(
        line,
        `the front matter has lines like "title: …" (${FIELDS.join(', ')}), not "${text}"`,
      );
    } else if (fields.has(name)) report(line, `the front matter has "${name}" twice`);
    else fields.set(name, value);
  });
  for (const name of FIELDS)
    if ((fields.get(name) ?? '') === '') report(1, `the front matter has no "${name}"`);
  return fields;
}

export function frontOf(text: string, report: Report): Front {
  const lines = text.split('\n');
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) {
    report(1, 'an article begins with its front matter between two lines "---"');
    return { title: '', date: '', tags: [], summary: '', lines: 0 };
  }
  const fields = fieldsOf(lines.slice(1, end), report);
  const of = (name: Field): string => fields.get(name) ?? '';
  const lineOf = (name: Field): number => lines.findIndex((each) => each.startsWith(name)) + 1;
  if (of('date') !== '' && !isDate(of('date')))
    report(lineOf('date'), `the date is a day like 2026-11-23, not "${of('date')}"`);
  return {
    title: of('title'),
    date: of('date'),
    tags: listed(of('tags')),
    summary: of('summary'),
    lines: end + 1,
  };
}
