/** What a segment gets that finds no connection: RFC 9293 §3.10.7.1. */
import { NONE, type Outcome } from '../../contract/outcome';
import { add32 } from '../../bits/words';
import { flags, type Segment } from '../../wire/tcp';
import type { Note } from './notes';
import type { Effect } from './state';
import { lengthOf } from './transmit';

/** Answers with a reset that its sender will believe, and a reset with silence. */
export function refuse(segment: Segment): Outcome<null, Effect, Note> {
  const { sequence, acknowledgment } = segment;
  if (segment.flags.rst) {
    const note: Note = { kind: 'ignored', why: 'gone', sequence };
    return { state: null, effects: NONE, notes: [note] };
  }
  const knows = segment.flags.ack;
  const reset: Segment = {
    sourcePort: segment.destinationPort,
    destinationPort: segment.sourcePort,
    sequence: knows ? acknowledgment : 0,
    acknowledgment: knows ? 0 : add32(sequence, lengthOf(segment)),
    flags: knows ? flags('rst') : flags('rst', 'ack'),
    window: 0,
    urgent: 0,
    mss: null,
    payload: new Uint8Array(0),
  };
  return {
    state: null,
    effects: [{ kind: 'transmit', segment: reset }],
    notes: [{ kind: 'rejected', why: 'no connection', acknowledgment }],
  };
}
