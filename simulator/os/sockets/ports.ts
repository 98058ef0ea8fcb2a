/**
 * Which socket a segment is for: by the four numbers of its connection, else by the port that
 * somebody listens on. And which ports are free (RFC 6056 §3.3.1, random from Linux's range).
 */
import type { Endpoint } from '../../contract/program';
import { get, remove, set, values } from '../../contract/table';
import { drawBelow } from '../../bits/random';
import type { Turn } from '../turn';
import type { StreamSocket } from './socket';
import { socketOf } from './table';

/** net.ipv4.ip_local_port_range */
const FIRST_EPHEMERAL = 32_768;
const EPHEMERAL = 28_232;

const keyOf = (localPort: number, remote: Endpoint): string =>
  `${localPort} ${remote.address} ${remote.port}`;

export function registerConnection(
  turn: Turn,
  id: number,
  local: Endpoint,
  remote: Endpoint,
): void {
  turn.kernel.connections = set(turn.kernel.connections, keyOf(local.port, remote), id);
}

export function forgetConnection(turn: Turn, local: Endpoint, remote: Endpoint): void {
  turn.kernel.connections = remove(turn.kernel.connections, keyOf(local.port, remote));
}

export function connectionFor(
  turn: Turn,
  localPort: number,
  remote: Endpoint,
): StreamSocket | undefined {
  const id = get(turn.kernel.connections, keyOf(localPort, remote));
  return streamOf(turn, id);
}

export function listenerOn(turn: Turn, port: number): StreamSocket | undefined {
  return streamOf(turn, get(turn.kernel.listeners, port));
}

function streamOf(turn: Turn, id: number | undefined): StreamSocket | undefined {
  const socket = id === undefined ? undefined : socketOf(turn, id);
  return socket?.kind === 'stream' ? socket : undefined;
}

/**
 * Bound by a socket that has no connection. Connections do not count, as with SO_REUSEADDR, or a
 * server could not be started again while an old one's connections are in TIME-WAIT.
 */
export function isPortTaken(turn: Turn, port: number): boolean {
  return values(turn.kernel.sockets).some(
    (socket) =>
      socket.kind === 'stream' && socket.connection === null && socket.local?.port === port,
  );
}

/** For a connection to `remote`, or for who has none yet. */
export function ephemeralPort(turn: Turn, remote: Endpoint | null): number | null {
  const isConnected = (port: number): boolean =>
    remote !== null && connectionFor(turn, port, remote) !== undefined;
  return freePort(turn, (port) => isConnected(port) || isPortTaken(turn, port));
}

/** Drawn, and then the next that is not taken; null when all are. */
export function freePort(turn: Turn, isTaken: (port: number) => boolean): number | null {
  const drawn = drawBelow(turn.kernel.stream, EPHEMERAL);
  turn.kernel.stream = drawn.stream;
  for (let tried = 0; tried < EPHEMERAL; tried++) {
    const port = FIRST_EPHEMERAL + ((drawn.value + tried) % EPHEMERAL);
    if (!isTaken(port)) return port;
  }
  return null;
}
