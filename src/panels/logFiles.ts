/** The log as a file in the format that somebody chose, out of the table that the engine writes. */
import { time } from '../ui/units';

export type Format = 'txt' | 'csv' | 'jsonl';

export const FORMATS: readonly {
  readonly value: Format;
  readonly name: string;
  readonly type: string;
}[] = [
  { value: 'txt', name: 'Text', type: 'text/plain' },
  { value: 'csv', name: 'CSV (table)', type: 'text/csv' },
  { value: 'jsonl', name: 'JSON lines', type: 'application/jsonl' },
];

const quoted = (cell: string): string =>
  /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const rowOf = (line: string): string => line.split('\t').map(quoted).join(',');

function sentenceOf(line: string): string {
  const [ns = '', part = '', , , sentence = ''] = line.split('\t');
  return `${time(Number(ns)).padStart(12)}  ${part}  ${sentence}`;
}

/** Rows of the table, its heading first, as lines of that format. */
export function linesAs(format: Exclude<Format, 'jsonl'>, table: string): string {
  const rows = table.split('\n').filter((row) => row !== '');
  const lines = format === 'csv' ? rows.map(rowOf) : rows.slice(1).map(sentenceOf);
  return lines.map((line) => `${line}\n`).join('');
}
