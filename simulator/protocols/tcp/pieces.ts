/** Octets that came too early: a list in the order of their numbers, without overlaps. */
import { add32, distance } from '../../bits/words';
import type { Piece } from './state';

const clamp = (count: number, length: number): number => Math.min(Math.max(count, 0), length);

const endOf = (piece: Piece): number => add32(piece.sequence, piece.octets.length);

/** What of `piece` lies at or behind `sequence`. */
export function from(piece: Piece, sequence: number): Piece {
  const skip = clamp(distance(sequence, piece.sequence), piece.octets.length);
  if (skip === 0) return piece;
  return { sequence: add32(piece.sequence, skip), octets: piece.octets.subarray(skip) };
}

/** What of `piece` lies before `sequence`. */
export function upTo(piece: Piece, sequence: number): Piece {
  const keep = clamp(distance(sequence, piece.sequence), piece.octets.length);
  if (keep === piece.octets.length) return piece;
  return { sequence: piece.sequence, octets: piece.octets.subarray(0, keep) };
}

/** Where both have an octet, the one that was there first stays. */
export function insert(pieces: readonly Piece[], piece: Piece): Piece[] {
  const list: Piece[] = [];
  let rest = piece;
  for (const old of pieces) {
    const front = upTo(rest, old.sequence);
    if (front.octets.length > 0) list.push(front);
    list.push(old);
    rest = from(rest, endOf(old));
  }
  if (rest.octets.length > 0) list.push(rest);
  return list;
}
