/** Raw DEFLATE (RFC 1951) by the browser's own streams. */

async function through(
  octets: Uint8Array,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array> {
  const reader = new Blob([octets.slice()]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError('more octets than are wanted');
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function deflate(octets: Uint8Array): Promise<Uint8Array> {
  return through(octets, new CompressionStream('deflate-raw'), Infinity);
}

/** Null when it is not a whole DEFLATE stream, or unpacks to more than `most` octets. */
export async function inflate(octets: Uint8Array, most: number): Promise<Uint8Array | null> {
  try {
    return await through(octets, new DecompressionStream('deflate-raw'), most);
  } catch {
    return null;
  }
}
