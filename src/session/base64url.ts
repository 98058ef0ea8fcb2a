/** Octets as text that needs no escaping in an address (RFC 4648 §5), without padding. */

export function toBase64url(octets: Uint8Array): string {
  const binary = Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Null when `text` is not what {@link toBase64url} writes. */
export function fromBase64url(text: string): Uint8Array | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const octets = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // The unused bits of the last character are zero, or one place would have several links.
  return toBase64url(octets) === text ? octets : null;
}
