/** Lines of the log as a file, a piece at a time. */
import { format } from '../../simulator';
import type { HistoryLine } from './protocol';

export type As = 'tsv' | 'jsonl';

const HEADING = ['time (ns)', 'part', 'to', 'kind', 'sentence', 'id', 'cause', 'position'].join(
  '\t',
);

/** Tabs and ends of lines within a cell would end it. */
const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ');

const rowOf = ({ timeNs, part, to, kind, sentence, id, cause, at }: HistoryLine): string =>
  [String(timeNs), part, to, kind, sentence, id, cause ?? '', format(at)].map(cell).join('\t');

function recordOf({ timeNs, part, to, kind, sentence, id, cause, at }: HistoryLine): string {
  return JSON.stringify({ timeNs, part, to, kind, sentence, id, cause, position: format(at) });
}

export class FileOfLines {
  readonly #as: As;
  readonly #encoder = new TextEncoder();
  readonly #pieces: Uint8Array[] = [];
  lines = 0;

  constructor(as: As) {
    this.#as = as;
    if (as === 'tsv') this.#write(HEADING);
  }

  add(lines: readonly HistoryLine[]): void {
    if (lines.length === 0) return;
    this.#write(lines.map(this.#as === 'tsv' ? rowOf : recordOf).join('\n'));
    this.lines += lines.length;
  }

  octets(): Uint8Array {
    const length = this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
    const whole = new Uint8Array(length);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  #write(text: string): void {
    this.#pieces.push(this.#encoder.encode(`${text}\n`));
  }
}
