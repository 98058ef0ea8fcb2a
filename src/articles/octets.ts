/** A moment as text that goes into a page, and back: JSON, with octets in base64url. */
import { fromBase64url, toBase64url } from '../session/base64url';

const KEY = '$octets';

const isOctets = (value: unknown): value is { readonly [KEY]: string } =>
  typeof value === 'object' && value !== null && KEY in value;

export function written(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each instanceof Uint8Array ? { [KEY]: toBase64url(each) } : each,
  );
}

export function read(text: string): unknown {
  return JSON.parse(text, (_, each: unknown) =>
    isOctets(each) ? (fromBase64url(each[KEY]) ?? new Uint8Array()) : each,
  );
}
