/** The executable segments of an image, instruction by instruction. */
import { disassemble, instructionOctets, symbolLookup, type Image } from '../../simulator';

type Row = {
  readonly address: number;
  readonly word: number;
  readonly text: string;
  readonly symbol?: string;
};

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function rowsOf(image: Image): Row[] {
  const symbolAt = symbolLookup(image);
  const names = new Map(image.symbols.map(({ address, name }) => [address, name]));
  const rows: Row[] = [];
  for (const { address: from, octets, flags } of image.segments) {
    if (!flags.execute) continue;
    const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
    for (let at = 0; at + 2 <= octets.length;) {
      const address = from + at;
      const half = view.getUint16(at, true);
      const isWhole = instructionOctets(half) === 4 && at + 4 <= octets.length;
      const word = isWhole ? view.getUint32(at, true) : half;
      at += isWhole ? 4 : 2;
      const symbol = names.get(address);
      const row = { address, word, text: disassemble(word, { address, symbolAt }) };
      rows.push(symbol === undefined ? row : { ...row, symbol });
    }
  }
  return rows;
}

export function listing(image: Image, json: boolean): string {
  const rows = rowsOf(image);
  if (json) return `${JSON.stringify({ entry: image.entry, instructions: rows })}\n`;
  return rows
    .map(({ address, word, text, symbol }) => {
      const label = symbol === undefined ? '' : `\n${symbol}:\n`;
      const digits = instructionOctets(word) * 2;
      return `${label}  ${hex(address, 8)}  ${hex(word, digits).padEnd(8)}  ${text}\n`;
    })
    .join('');
}
