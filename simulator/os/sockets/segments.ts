/** Segments that arrive, and times that come, for TCP sockets. */
import type { ErrorName } from '../../contract/call';
import { values } from '../../contract/table';
import * as tcp from '../../protocols/tcp';
import type { Packet } from '../../wire/ipv4';
import { parse } from '../../wire/tcp';
import { say, type Turn } from '../turn';
import { apply, forget, streamAt, transmit, wakeAtOf } from './connection';
import { called } from './listening';
import { connectionFor, listenerOn } from './ports';
import { settle } from './settle';
import { putSocket } from './table';

/** RFC 9293 §3.10.7: a connection, else somebody who listens, else a reset. */
export function receiveSegment(turn: Turn, packet: Packet): void {
  const { payload, source, destination } = packet;
  const parsed = parse(payload, 0, payload.length, source, destination);
  if (!parsed.ok) {
    say(turn, { kind: 'ignored', protocol: 'tcp', why: parsed.why });
    return;
  }
  const segment = parsed.value;
  const local = { address: destination, port: segment.destinationPort };
  const remote = { address: source, port: segment.sourcePort };
  const socket = connectionFor(turn, local.port, remote);
  if (socket?.connection) {
    apply(turn, socket, tcp.step(socket.connection, { kind: 'segment', segment }, turn.now));
    settle(turn, socket.id);
    return;
  }
  const listener = listenerOn(turn, local.port);
  if (listener !== undefined) {
    called(turn, listener, segment, local, remote);
    return;
  }
  const refused = tcp.refuse(segment);
  for (const note of refused.notes) say(turn, { kind: 'tcp', socket: null, note });
  for (const effect of refused.effects)
    if (effect.kind === 'transmit') transmit(turn, local, remote, effect.segment);
}

/** Every connection whose time has come, in the order of their sockets. */
export function wakeConnections(turn: Turn): void {
  if (turn.kernel.socketsWakeAtNs > turn.now) return;
  for (const { id } of values(turn.kernel.sockets)) {
    const socket = streamAt(turn, id);
    if (socket === null || wakeAtOf(socket) > turn.now) continue;
    if (socket.orphanUntilNs <= turn.now) {
      say(turn, { kind: 'forgotten', socket: id });
      forget(turn, socket);
    } else if (socket.connection !== null) {
      apply(turn, socket, tcp.step(socket.connection, { kind: 'wake' }, turn.now));
      settle(turn, id);
    }
  }
}

/**
 * The network says that a segment of ours did not arrive. Before the handshake that is the end, as
 * in Linux; later it may pass (RFC 9293 §3.9.2.2, soft errors).
 */
export function failConnection(
  turn: Turn,
  localPort: number,
  remote: { readonly address: number; readonly port: number },
  error: ErrorName,
): void {
  const socket = connectionFor(turn, localPort, remote);
  if (socket?.connection?.phase !== 'SYN-SENT') {
    say(turn, { kind: 'ignored', protocol: 'tcp', why: 'such an error may pass' });
    return;
  }
  const ended = apply(turn, socket, tcp.step(socket.connection, { kind: 'abort' }, turn.now));
  putSocket(turn, { ...ended, error });
  settle(turn, socket.id);
}
