/** Names in debug information: UTF-8, ended by a zero. The engine has no TextDecoder. */

const percent = (octet: number): string => `%${octet.toString(16).padStart(2, '0')}`;

/** The text from `from` to the next zero, or to the end; what is no UTF-8 is read as Latin-1. */
export function textAt(octets: Uint8Array, from: number): string {
  const rest = octets.subarray(from);
  const length = rest.indexOf(0);
  const letters = Array.from(rest.subarray(0, length < 0 ? rest.length : length));
  try {
    return decodeURIComponent(letters.map(percent).join(''));
  } catch {
    return letters.map((letter) => String.fromCharCode(letter)).join('');
  }
}

/** UTF-8 and a zero. */
export function octetsOf(text: string): number[] {
  const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
  const escaped = encodeURIComponent(whole);
  const letters = escaped.replace(/%(..)/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return [...Array.from(letters, (letter) => letter.charCodeAt(0)), 0];
}
