/** The executable segments of an image, word by word. */
import { disassemble, symbolLookup, type Image } from '../../simulator';

type Row = {
  readonly address: number;
  readonly word: number;
  readonly text: string;
  readonly symbol?: string;
};

const hex = (value: number): string => value.toString(16).padStart(8, '0');

function rowsOf(image: Image): Row[] {
  const symbolAt = symbolLookup(image);
  const names = new Map(image.symbols.map(({ address, name }) => [address, name]));
  const rows: Row[] = [];
  for (const { address: from, octets, flags } of image.segments) {
    if (!flags.execute) continue;
    const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
    for (let at = 0; at + 4 <= octets.length; at += 4) {
      const address = from + at;
      const word = view.getUint32(at, true);
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
      return `${label}  ${hex(address)}  ${hex(word)}  ${text}\n`;
    })
    .join('');
}
