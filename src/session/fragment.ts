/** Where a link to a moment stands in an address: `#m=…`, after whatever path and search. */

const KEY = '#m=';

/** The link in the fragment of an address, or null. */
export function linkIn(hash: string): string | null {
  return hash.startsWith(KEY) && hash.length > KEY.length ? hash.slice(KEY.length) : null;
}

/** `address` with `link` as its fragment. */
export function urlWith(address: string, link: string): string {
  return `${address.replace(/#.*$/s, '')}${KEY}${link}`;
}
