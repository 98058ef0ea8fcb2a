/**
 * Frames on a byte stream: a length (u32, big-endian), then that many octets, without FCS. The
 * decoder takes chunks of any size and keeps what is not whole yet.
 */

/** Longer than this no Ethernet frame is; a longer length means that the stream is not ours. */
const LONGEST_OCTETS = 1522;

export type Decoder = { rest: Uint8Array };

export function encode(frame: Uint8Array): Uint8Array {
  const octets = new Uint8Array(4 + frame.length);
  new DataView(octets.buffer).setUint32(0, frame.length);
  octets.set(frame, 4);
  return octets;
}

/** The frames that are whole now; null when the stream cannot be one of frames. */
export function decode(decoder: Decoder, chunk: Uint8Array): Uint8Array[] | null {
  const all = new Uint8Array(decoder.rest.length + chunk.length);
  all.set(decoder.rest);
  all.set(chunk, decoder.rest.length);
  const view = new DataView(all.buffer);
  const frames: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= all.length) {
    const length = view.getUint32(at);
    if (length > LONGEST_OCTETS) return null;
    if (at + 4 + length > all.length) break;
    if (length > 0) frames.push(all.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  decoder.rest = all.slice(at);
  return frames;
}
