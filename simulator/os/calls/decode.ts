/**
 * The system-call ABI of Linux on RISC-V: number in a7, operands in a0 to a5; structures as in
 * include/uapi (sockaddr_in; timespec with 64-bit fields, the only one that RV32 has). Pointers are
 * checked against the memory of the process: EFAULT for what it does not own.
 */
import { CALL, type ErrorName } from '../../contract/call';
import type { Endpoint, SocketKind, SystemCall } from '../../contract/program';
import { distance, read16, read32 } from '../../bits/words';
import { owns } from '../memory';
import type { Process } from '../state';
import type { Turn } from '../turn';
import type { Target } from '../waiter';

export type Decoded =
  | { readonly ok: true; readonly call: SystemCall; readonly target: Target }
  | {
      readonly ok: false;
      readonly number: number;
      readonly error: ErrorName;
      readonly why: string;
    };

type Failure = { readonly error: ErrorName; readonly why: string };
type Operands = readonly [number, number, number, number, number, number];
type Reader = (turn: Turn, process: Process, operands: Operands) => SystemCall | Failure;

const A0 = 10;
const A7 = 17;
const AF_INET = 2;
const SOCKADDR_OCTETS = 16;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const IPPROTO_ICMP = 1;
const IPPROTO_TCP = 6;
const IPPROTO_UDP = 17;

const fault = (what: string): Failure => ({
  error: 'EFAULT',
  why: `${what} lies outside its memory`,
});
const isFailure = (value: object): value is Failure => 'error' in value;
/** Descriptors and counts are C ints. */
const signed = (value: number): number => distance(value, 0);

function octetsAt(
  turn: Turn,
  process: Process,
  address: number,
  lengthOctets: number,
): Uint8Array | Failure {
  if (lengthOctets === 0) return new Uint8Array(0);
  if (!owns(process.memory, address, lengthOctets)) return fault('the buffer');
  return turn.ram.load(address, lengthOctets);
}

function endpointAt(
  turn: Turn,
  process: Process,
  address: number,
  lengthOctets: number,
): Endpoint | Failure {
  if (lengthOctets < SOCKADDR_OCTETS) return { error: 'EINVAL', why: 'the address is too short' };
  if (!owns(process.memory, address, SOCKADDR_OCTETS)) return fault('the address');
  const octets = turn.ram.load(address, SOCKADDR_OCTETS);
  const family = (octets[0] ?? 0) + (octets[1] ?? 0) * 256;
  if (family !== AF_INET) return { error: 'EAFNOSUPPORT', why: `family ${family} is not AF_INET` };
  return { port: read16(octets, 2), address: read32(octets, 4) };
}

function socketKind(type: number, protocol: number): SocketKind | null {
  if (type === SOCK_STREAM) return protocol === 0 || protocol === IPPROTO_TCP ? 'stream' : null;
  if (type !== SOCK_DGRAM) return null;
  if (protocol === IPPROTO_ICMP) return 'icmp';
  return protocol === 0 || protocol === IPPROTO_UDP ? 'datagram' : null;
}

const read: Reader = (_turn, process, [fd, buffer, count]) => {
  if (!owns(process.memory, buffer, count)) return fault('the buffer');
  return { kind: 'read', fd: signed(fd), maxOctets: count };
};

const write: Reader = (turn, process, [fd, buffer, count]) => {
  const octets = octetsAt(turn, process, buffer, count);
  return isFailure(octets) ? octets : { kind: 'write', fd: signed(fd), octets };
};

const nanosleep: Reader = (turn, process, [request]) => {
  if (!owns(process.memory, request, 16)) return fault('the time');
  const seconds = turn.ram.load32(request) + turn.ram.load32(request + 4) * 0x1_0000_0000;
  const rest = turn.ram.load32(request + 8);
  if (rest >= 1_000_000_000 || seconds >= 0x8000_0000)
    return { error: 'EINVAL', why: 'that is no time' };
  return { kind: 'nanosleep', delayNs: seconds * 1_000_000_000 + rest };
};

const clock: Reader = (_turn, process, [, result]) =>
  owns(process.memory, result, 16) ? { kind: 'clock_gettime' } : fault('the time');

const socket: Reader = (_turn, _process, [family, type, protocol]) => {
  if (family !== AF_INET) return { error: 'EAFNOSUPPORT', why: `family ${family} is not AF_INET` };
  const kind = socketKind(type, protocol);
  if (kind === null) return { error: 'EPROTONOSUPPORT', why: 'there is no such kind of socket' };
  return { kind: 'socket', socket: kind };
};

const bind: Reader = (turn, process, [fd, address, length]) => {
  const endpoint = endpointAt(turn, process, address, length);
  return isFailure(endpoint) ? endpoint : { kind: 'bind', fd: signed(fd), endpoint };
};

const connect: Reader = (turn, process, [fd, address, length]) => {
  const endpoint = endpointAt(turn, process, address, length);
  return isFailure(endpoint) ? endpoint : { kind: 'connect', fd: signed(fd), endpoint };
};

const accept: Reader = (_turn, process, [fd, address, lengthAt]) => {
  if (address !== 0 && !owns(process.memory, address, SOCKADDR_OCTETS)) return fault('the address');
  if (address !== 0 && !owns(process.memory, lengthAt, 4)) return fault('the length');
  return { kind: 'accept', fd: signed(fd) };
};

const sendto: Reader = (turn, process, [fd, buffer, count, , address, length]) => {
  const octets = octetsAt(turn, process, buffer, count);
  if (isFailure(octets)) return octets;
  if (address === 0) return { kind: 'sendto', fd: signed(fd), octets, endpoint: null };
  const endpoint = endpointAt(turn, process, address, length);
  return isFailure(endpoint) ? endpoint : { kind: 'sendto', fd: signed(fd), octets, endpoint };
};

const recvfrom: Reader = (_turn, process, [fd, buffer, count, , address, lengthAt]) => {
  if (!owns(process.memory, buffer, count)) return fault('the buffer');
  if (address !== 0 && !owns(process.memory, lengthAt, 4)) return fault('the length');
  return { kind: 'recvfrom', fd: signed(fd), maxOctets: count };
};

const exit: Reader = (_turn, _process, [status]) => ({ kind: 'exit', status: status % 256 });

const READERS: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [CALL.close, (_turn, _process, [fd]) => ({ kind: 'close', fd: signed(fd) })],
  [CALL.read, read],
  [CALL.write, write],
  [CALL.exit, exit],
  [CALL.exit_group, exit],
  [CALL.nanosleep, nanosleep],
  [CALL.clock_gettime, clock],
  [CALL.sched_yield, () => ({ kind: 'sched_yield' })],
  [CALL.getpid, () => ({ kind: 'getpid' })],
  [CALL.socket, socket],
  [CALL.bind, bind],
  [CALL.listen, (_turn, _process, [fd, backlog]) => listen(fd, backlog)],
  [CALL.accept, accept],
  [CALL.connect, connect],
  [CALL.sendto, sendto],
  [CALL.recvfrom, recvfrom],
  [CALL.brk, (_turn, _process, [address]) => ({ kind: 'brk', address })],
]);

const listen = (fd: number, backlog: number): SystemCall => ({
  kind: 'listen',
  fd: signed(fd),
  backlog: signed(backlog),
});

/** Where the answer goes, for the calls that have pointers for it. */
function targetOf(call: SystemCall, [, a1, a2, , a4, a5]: Operands): Target {
  if (call.kind === 'accept') return { buffer: 0, peer: a1, peerLength: a2 };
  if (call.kind === 'recvfrom') return { buffer: a1, peer: a4, peerLength: a5 };
  return { buffer: a1, peer: 0, peerLength: 0 };
}

export function decode(turn: Turn, process: Process, registers: readonly number[]): Decoded {
  const number = registers[A7] ?? 0;
  const [a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0] = registers.slice(A0, A0 + 6);
  const operands: Operands = [a0, a1, a2, a3, a4, a5];
  const reader = READERS.get(number);
  if (reader === undefined)
    return { ok: false, number, error: 'ENOSYS', why: 'there is no such system call' };
  const call = reader(turn, process, operands);
  if (isFailure(call)) return { ok: false, number, ...call };
  return { ok: true, call, target: targetOf(call, operands) };
}
