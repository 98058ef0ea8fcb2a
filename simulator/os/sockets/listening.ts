/**
 * Listening sockets: each call that comes in is a socket of its own, first an embryo while the
 * handshake goes on, then in the queue until accept takes it (listen(2), tcp(7)).
 */
import type { Reply } from '../../contract/program';
import { NONE } from '../../contract/outcome';
import { remove, set } from '../../contract/table';
import { draw32 } from '../../bits/random';
import * as tcp from '../../protocols/tcp';
import type { Segment } from '../../wire/tcp';
import type { Endpoint } from '../../contract/program';
import { wake } from '../calls/answer';
import { openFile } from '../processes';
import { fail, say, type Turn } from '../turn';
import { apply, forget, MSS_OCTETS, streamAt, transmit } from './connection';
import { registerConnection } from './ports';
import { freshStream, type Listening, type StreamSocket } from './socket';
import { newSocketId, putSocket, removeSocket } from './table';

/** net.core.somaxconn */
const LONGEST_QUEUE = 4096;

/** Linux lets one more wait than the backlog says. */
const limitOf = (backlog: number): number => Math.min(Math.max(backlog, 0), LONGEST_QUEUE) + 1;

export function startListening(
  turn: Turn,
  socket: StreamSocket,
  local: Endpoint,
  backlog: number,
): void {
  const { listening } = socket;
  if (listening !== null) {
    putSocket(turn, { ...socket, listening: { ...listening, backlog } });
    return;
  }
  const next = tcp.listen(local);
  for (const note of next.notes) say(turn, { kind: 'tcp', socket: socket.id, note });
  const empty = { embryos: NONE, queue: NONE, accepters: NONE };
  putSocket(turn, { ...socket, local, listening: { machine: next.state, backlog, ...empty } });
  turn.kernel.listeners = set(turn.kernel.listeners, local.port, socket.id);
}

/** A segment that belongs to no connection has found a listening socket. */
export function called(
  turn: Turn,
  socket: StreamSocket,
  segment: Segment,
  local: Endpoint,
  remote: Endpoint,
): void {
  const { listening } = socket;
  if (listening === null) return;
  const isCall = segment.flags.syn && !segment.flags.ack && !segment.flags.rst;
  if (isCall && listening.embryos.length + listening.queue.length >= limitOf(listening.backlog)) {
    say(turn, {
      kind: 'ignored',
      protocol: 'tcp',
      why: 'the queue of the listening socket is full',
    });
    return;
  }
  const drawn = draw32(turn.kernel.stream);
  turn.kernel.stream = drawn.stream;
  const opening = { local, remote, iss: drawn.value, mss: MSS_OCTETS, now: turn.now };
  const next = tcp.accept(segment, { ...opening, settings: turn.kernel.config.tcp });
  if (next.state === null) {
    for (const note of next.notes) say(turn, { kind: 'tcp', socket: socket.id, note });
    for (const effect of next.effects)
      if (effect.kind === 'transmit') transmit(turn, local, remote, effect.segment);
    return;
  }
  const id = newSocketId(turn);
  const embryos = [...listening.embryos, id];
  putSocket(turn, { ...socket, listening: { ...listening, embryos } });
  registerConnection(turn, id, local, remote);
  apply(turn, childOf(socket, id, local), { ...next, state: next.state });
}

function childOf({ id: parent, owner }: StreamSocket, id: number, local: Endpoint): StreamSocket {
  return { ...freshStream(id, owner), parent, local };
}

/** An embryo's handshake is over, well or badly. */
export function settleChild(turn: Turn, child: StreamSocket, parentId: number): void {
  const parent = streamAt(turn, parentId);
  if (parent?.listening?.embryos.includes(child.id) !== true) return;
  const embryos = parent.listening.embryos.filter((embryo) => embryo !== child.id);
  const isGone = child.connection?.phase === 'CLOSED';
  const queue = isGone ? parent.listening.queue : [...parent.listening.queue, child.id];
  putSocket(turn, { ...parent, listening: { ...parent.listening, embryos, queue } });
  if (isGone) putSocket(turn, { ...child, held: false, parent: null });
  else handOut(turn, parentId);
}

/** Calls of accept that wait get what is in the queue. */
function handOut(turn: Turn, id: number): void {
  for (;;) {
    const socket = streamAt(turn, id);
    const accepter = socket?.listening?.accepters[0];
    if (!socket?.listening || accepter === undefined || socket.listening.queue.length === 0) return;
    const accepters = socket.listening.accepters.slice(1);
    const waiting = { ...socket, listening: { ...socket.listening, accepters } };
    putSocket(turn, waiting);
    wake(turn, accepter, acceptNow(turn, accepter.process, waiting), 'a connection is established');
  }
}

/** The queue must not be empty. */
export function acceptNow(turn: Turn, pid: number, socket: StreamSocket): Reply {
  const [id, ...queue] = socket.listening?.queue ?? NONE;
  const child = id === undefined ? null : streamAt(turn, id);
  if (child === null || socket.listening === null) return fail('ECONNABORTED');
  const fd = openFile(turn, pid, { kind: 'socket', id: child.id });
  if (fd === null) return fail('EMFILE');
  putSocket(turn, { ...socket, listening: { ...socket.listening, queue } });
  putSocket(turn, { ...child, parent: null, owner: pid });
  const peer = child.connection?.remote;
  return peer === undefined ? fail('ECONNABORTED') : { ok: true, value: fd, peer };
}

/** Nobody will accept what is in the queue: it is reset (tcp(7)). */
export function stopListening(turn: Turn, socket: StreamSocket, listening: Listening): void {
  const next = tcp.unlisten(listening.machine);
  for (const note of next.notes) say(turn, { kind: 'tcp', socket: socket.id, note });
  turn.kernel.listeners = remove(turn.kernel.listeners, listening.machine.local.port);
  removeSocket(turn, socket.id);
  for (const accepter of listening.accepters) wake(turn, accepter, fail('EBADF'), CLOSED);
  for (const id of [...listening.embryos, ...listening.queue]) {
    const child = streamAt(turn, id);
    if (child?.connection === undefined || child.connection === null) continue;
    forget(turn, apply(turn, child, tcp.step(child.connection, { kind: 'abort' }, turn.now)));
  }
}

const CLOSED = 'the socket was closed';
