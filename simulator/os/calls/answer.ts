/**
 * Answering system calls, at once or later. A modelled program gets its reply as an effect; for
 * machine code the result goes to a0 (a negative error number, as Linux has it) and what was read
 * to where its pointers say.
 */
import { ERRNO } from '../../contract/call';
import type { Reply } from '../../contract/program';
import { add32, write16, write32 } from '../../bits/words';
import { owns } from '../memory';
import { processOf, putProcess } from '../processes';
import type { Process } from '../state';
import { fail, isHeard, order, say, spendCopy, type Turn } from '../turn';
import type { Target, Waiter } from '../waiter';

const A0 = 10;
const AF_INET = 2;
const SOCKADDR_OCTETS = 16;

/** The call's end, in the turn in which it was made or in a later one. */
export function answer(turn: Turn, waiter: Waiter, reply: Reply): void {
  const { process: pid, tag, call, target } = waiter;
  const process = processOf(turn, pid);
  const given = target === null ? reply : deliver(turn, process, target, waiter, reply);
  if (isHeard(turn)) {
    const { name } = process;
    say(turn, { kind: 'returned', process: pid, name, tag, call: call.kind, reply: given });
  }
  if (target === null) {
    if (given.ok && given.octets !== undefined) spendCopy(turn, given.octets.length);
    order(turn, { kind: 'reply', process: pid, tag, name: call.kind, reply: given });
    return;
  }
  finishMachine(turn, process, given);
}

/** The call cannot be answered yet. The caller has hung `waiter` at what it waits for. */
export function block(turn: Turn, waiter: Waiter, why: string): null {
  const process = processOf(turn, waiter.process);
  const { name, pid } = process;
  if (isHeard(turn))
    say(turn, { kind: 'blocked', process: pid, name, call: waiter.call.kind, why });
  if (process.kind === 'machine') {
    putProcess(turn, { ...process, state: 'blocked', why });
    if (turn.kernel.current === pid) turn.kernel.current = null;
  }
  return null;
}

/** What a blocked call waited for has come. */
export function wake(turn: Turn, waiter: Waiter, reply: Reply, why: string): void {
  const { name, pid, state } = processOf(turn, waiter.process);
  // Its own end closed what it waited for.
  if (state === 'exited') return;
  if (isHeard(turn)) say(turn, { kind: 'woken', process: pid, name, call: waiter.call.kind, why });
  answer(turn, waiter, reply);
}

export function finishMachine(turn: Turn, process: Process, reply: Reply): void {
  if (process.context === null) return;
  const result = reply.ok ? reply.value : -ERRNO[reply.error];
  const registers = process.context.registers.with(A0, add32(result, 0));
  const context = { ...process.context, registers };
  const wasBlocked = process.state === 'blocked';
  if (wasBlocked) turn.kernel.ready = [...turn.kernel.ready, process.pid];
  const state = wasBlocked ? 'ready' : process.state;
  putProcess(turn, { ...process, context, state, why: '' });
}

/** Copies octets and the peer's address to the process; EFAULT when it does not own the place. */
function deliver(
  turn: Turn,
  { memory }: Process,
  target: Target,
  { call }: Waiter,
  reply: Reply,
): Reply {
  if (!reply.ok) return reply;
  const octets = call.kind === 'clock_gettime' ? timespec(reply.value) : reply.octets;
  if (octets !== undefined && octets.length > 0) {
    if (!owns(memory, target.buffer, octets.length)) return fail('EFAULT');
    turn.ram.store(target.buffer, octets);
    spendCopy(turn, octets.length);
  }
  if (reply.peer !== undefined && target.peer !== 0) {
    if (!owns(memory, target.peer, SOCKADDR_OCTETS) || !owns(memory, target.peerLength, 4))
      return fail('EFAULT');
    const room = turn.ram.load32(target.peerLength);
    const address = sockaddr(reply.peer.address, reply.peer.port);
    turn.ram.store(target.peer, address.subarray(0, Math.min(room, SOCKADDR_OCTETS)));
    turn.ram.store32(target.peerLength, SOCKADDR_OCTETS);
  }
  return call.kind === 'clock_gettime' ? { ok: true, value: 0 } : reply;
}

/** struct sockaddr_in: family in host order, port and address in network order. */
function sockaddr(address: number, port: number): Uint8Array {
  const octets = new Uint8Array(SOCKADDR_OCTETS);
  octets[0] = AF_INET;
  write16(octets, 2, port);
  write32(octets, 4, address);
  return octets;
}

/** struct __kernel_timespec: 64-bit seconds and nanoseconds, the only ones that RV32 has. */
function timespec(ns: number): Uint8Array {
  const octets = new Uint8Array(16);
  const view = new DataView(octets.buffer);
  view.setUint32(0, Math.floor(ns / 1_000_000_000), true);
  view.setUint32(8, ns % 1_000_000_000, true);
  return octets;
}
