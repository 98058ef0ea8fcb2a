/**
 * A socket's connection takes a step: its segments go out, its words are passed on, its end is
 * remembered. What the step means for calls that wait is for settle.ts.
 */
import type { ErrorName } from '../../contract/call';
import type { Outcome } from '../../contract/outcome';
import type { Endpoint } from '../../contract/program';
import { values } from '../../contract/table';
import { NEVER, type Nanos } from '../../contract/time';
import type * as tcp from '../../protocols/tcp';
import { MTU_OCTETS } from '../../wire/ethernet';
import * as ipv4 from '../../wire/ipv4';
import * as wire from '../../wire/tcp';
import { HEADROOM_OCTETS, sendPacket } from '../network/output';
import { say, type Turn } from '../turn';
import { withConnection, type Socket, type StreamSocket } from './socket';
import { putSocket, removeSocket, socketOf } from './table';
import { forgetConnection } from './ports';

/** Octets of data in a segment that Ethernet carries whole: its MTU without both headers. */
export const MSS_OCTETS = MTU_OCTETS - ipv4.HEADER_OCTETS - wire.HEADER_OCTETS;

/** Linux's tcp_fin_timeout: how long a peer may keep a connection that nobody here holds. */
const ORPHAN_NS = 60_000_000_000;

const ERRORS: { readonly [why in tcp.Why]: ErrorName | null } = {
  orderly: null,
  reset: 'ECONNRESET',
  timeout: 'ETIMEDOUT',
  refused: 'ECONNREFUSED',
};

/** Answers the socket as it is now. */
export function apply(turn: Turn, socket: StreamSocket, next: Moved): StreamSocket {
  for (const note of next.notes) say(turn, { kind: 'tcp', socket: socket.id, note });
  let { error } = socket;
  for (const effect of next.effects) if (effect.kind === 'closed') error = ERRORS[effect.why];
  const moved = withConnection(socket, next.state, error);
  putSocket(turn, moved);
  noteWake(turn, wakeAtOf(socket), wakeAtOf(moved));
  const { local, remote } = next.state;
  for (const effect of next.effects)
    if (effect.kind === 'transmit') transmit(turn, local, remote, effect.segment);
  return moved;
}

type Moved = Outcome<tcp.State, tcp.Effect, tcp.Note>;

export function transmit(
  turn: Turn,
  local: Endpoint,
  remote: Endpoint,
  segment: wire.Segment,
): void {
  const packet = wire.emit(segment, local.address, remote.address, HEADROOM_OCTETS);
  const error = sendPacket(turn, packet, remote.address, wire.PROTOCOL);
  if (error === null) return;
  say(turn, { kind: 'ignored', protocol: 'tcp', why: `a segment cannot be sent: ${error}` });
}

/** A connection that nobody holds waits in FIN-WAIT-2 for so long and no longer. */
export function orphan(turn: Turn, socket: StreamSocket): void {
  const waits = !socket.held && socket.connection?.phase === 'FIN-WAIT-2';
  if (waits === (socket.orphanUntilNs !== NEVER)) return;
  const orphaned = { ...socket, orphanUntilNs: waits ? turn.now + ORPHAN_NS : NEVER };
  putSocket(turn, orphaned);
  noteWake(turn, wakeAtOf(socket), wakeAtOf(orphaned));
}

export function forget(turn: Turn, socket: StreamSocket): void {
  const { connection } = socket;
  removeSocket(turn, socket.id);
  if (connection === null) return;
  forgetConnection(turn, connection.local, connection.remote);
  noteWake(turn, wakeAtOf(socket), NEVER);
}

export function wakeAtOf(socket: Socket): Nanos {
  if (socket.kind !== 'stream') return NEVER;
  return Math.min(socket.connection?.wakeAt ?? NEVER, socket.orphanUntilNs);
}

/** Keeps the earliest time at which some socket has something to do. */
function noteWake(turn: Turn, beforeNs: Nanos, afterNs: Nanos): void {
  const { kernel } = turn;
  if (afterNs <= kernel.socketsWakeAtNs) kernel.socketsWakeAtNs = afterNs;
  else if (beforeNs === kernel.socketsWakeAtNs)
    kernel.socketsWakeAtNs = values(kernel.sockets).reduce(
      (soonest, socket) => Math.min(soonest, wakeAtOf(socket)),
      NEVER,
    );
}

/** The stream socket `id`, when there still is one. */
export function streamAt(turn: Turn, id: number): StreamSocket | null {
  const socket = socketOf(turn, id);
  return socket?.kind === 'stream' ? socket : null;
}
