/** Octets that no protocol here explains. */
import { latin1 } from '../text';
import { countOctets, fieldAt, hexOf, type Found } from './field';

const SHOWN_CHARACTERS = 40;

/** As text when it is printable ASCII, else as hexadecimal. */
export function preview(octets: Uint8Array): string {
  const text = latin1(octets, 0, Math.min(octets.length, SHOWN_CHARACTERS));
  if (!/^[\t\n\r -~]*$/.test(text)) return hexOf(octets, 0, octets.length);
  return JSON.stringify(text) + (octets.length > SHOWN_CHARACTERS ? ' …' : '');
}

export function data(octets: Uint8Array, from: number, to: number): Found {
  const payload = octets.subarray(from, to);
  const meaning = 'What the layer above has to say.';
  const fields = [fieldAt('Data', preview(payload), from, to, meaning)];
  const summary = `Data, ${countOctets(to - from)}`;
  return { layer: { name: 'Data', summary, from, to, fields, wrong: null }, next: null };
}
