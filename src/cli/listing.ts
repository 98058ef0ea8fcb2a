/** The executable segments of an image, instruction by instruction, with the lines they came from. */
import {
  disassemble,
  instructionOctets,
  instructionsOf,
  symbolLookup,
  type Image,
} from '../../simulator';

type Row = {
  readonly address: number;
  readonly word: number;
  readonly text: string;
  readonly symbol?: string;
  /** `file:line`, where the program says it. */
  readonly line?: string;
};

const TEXT_WIDTH = 30;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The line that made what stands at an address; to be asked in ascending order. */
function lineLookup({ lines }: Image): (address: number) => string | undefined {
  let at = 0;
  return (address) => {
    while (at < lines.length && endOf(lines[at]) <= address) at++;
    const found = lines[at];
    return found !== undefined && found.address <= address
      ? `${found.source}:${found.line}`
      : undefined;
  };
}

function endOf(line: Image['lines'][number] | undefined): number {
  return line === undefined ? 0 : line.address + line.lengthOctets;
}

function rowsOf(image: Image): Row[] {
  const symbolAt = symbolLookup(image);
  const names = new Map(image.symbols.map(({ address, name }) => [address, name]));
  const lineAt = lineLookup(image);
  const code = image.segments.filter(({ flags }) => flags.execute);
  return code.flatMap(instructionsOf).map(({ address, word }) => {
    const [symbol, line] = [names.get(address), lineAt(address)];
    return {
      address,
      word,
      text: disassemble(word, { address, symbolAt }),
      ...(symbol !== undefined && { symbol }),
      ...(line !== undefined && { line }),
    };
  });
}

/** A line is named where it begins, not at each of its instructions. */
function textOf({ address, word, text, symbol, line }: Row, before: Row | undefined): string {
  const label = symbol === undefined ? '' : `\n${symbol}:\n`;
  const code = hex(word, instructionOctets(word) * 2).padEnd(8);
  const isNew = line !== undefined && line !== before?.line;
  const shown = isNew ? `${text.padEnd(TEXT_WIDTH)}  ${line}` : text;
  return `${label}  ${hex(address, 8)}  ${code}  ${shown}\n`;
}

/** A stretch of zeros is padding, and is told in one line (as objdump's `...`). */
const LEAST_ZEROS = 4;

function textsOf(rows: readonly Row[]): string[] {
  const texts: string[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as Row;
    let end = at;
    while (rows[end]?.word === 0 && (end === at || rows[end]?.symbol === undefined)) end++;
    texts.push(textOf(row, rows[at - 1]));
    if (end - at < LEAST_ZEROS) continue;
    texts.push(`  ${'...'.padEnd(8)}            ${end - at - 1} more of these\n`);
    at = end - 1;
  }
  return texts;
}

export function listing(image: Image, json: boolean): string {
  const rows = rowsOf(image);
  if (json) return `${JSON.stringify({ entry: image.entry, instructions: rows })}\n`;
  return textsOf(rows).join('');
}
