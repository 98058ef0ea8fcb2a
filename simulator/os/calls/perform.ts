/** The system-call table: what each call does, whoever makes it. */
import type { Reply, SystemCall } from '../../contract/program';
import { endProcess } from '../exit';
import { moveBreak } from '../memory';
import { processOf, putProcess } from '../processes';
import { yieldProcessor } from '../scheduler';
import { sleep } from '../timers';
import { done, fail, isHeard, say, spend, type Turn } from '../turn';
import type { Waiter } from '../waiter';
import { answer } from './answer';
import { closeFile, readFile, writeFile } from './files';
import {
  acceptCall,
  bindCall,
  connectCall,
  listenCall,
  receiveCall,
  sendCall,
  socketCall,
} from './sockets';

type Kind = SystemCall['kind'];
type Of<K extends Kind> = Extract<SystemCall, { kind: K }>;
/** Null: the call waits, or there is nobody left to answer. */
type Handler<C> = (turn: Turn, waiter: Waiter, call: C) => Reply | null;

const CALLS: { readonly [K in Kind]: Handler<Of<K>> } = {
  read: (turn, waiter, { fd, maxOctets }) => readFile(turn, waiter, fd, maxOctets),
  write: (turn, waiter, { fd, octets }) => writeFile(turn, waiter, fd, octets),
  close: (turn, { process }, { fd }) => closeFile(turn, process, fd),
  exit: (turn, { process }, { status }) => {
    endProcess(turn, process, status);
    return null;
  },
  nanosleep: (turn, waiter, { delayNs }) => sleep(turn, waiter, delayNs),
  clock_gettime: (turn) => done(turn.now),
  getpid: (_turn, { process }) => done(process),
  sched_yield: (turn) => {
    yieldProcessor(turn);
    return done(0);
  },
  brk,
  socket: (turn, { process }, { socket }) => socketCall(turn, process, socket),
  bind: (turn, { process }, { fd, endpoint }) => bindCall(turn, process, fd, endpoint),
  listen: (turn, { process }, { fd, backlog }) => listenCall(turn, process, fd, backlog),
  accept: (turn, waiter, { fd }) => acceptCall(turn, waiter, fd),
  connect: (turn, waiter, { fd, endpoint }) => connectCall(turn, waiter, fd, endpoint),
  sendto: (turn, waiter, { fd, octets, endpoint }) => sendCall(turn, waiter, fd, octets, endpoint),
  recvfrom: (turn, waiter, { fd, maxOctets }) => receiveCall(turn, waiter, fd, maxOctets),
};

/** Makes the call; its answer comes in this turn or, when it blocks, in a later one. */
export function makeCall(turn: Turn, waiter: Waiter): void {
  const { kernel: costs } = turn.kernel.config.costs;
  spend(turn, costs.entry + costs.systemCall, 'call');
  const { process, tag, call } = waiter;
  if (isHeard(turn)) {
    const { name } = processOf(turn, process);
    say(turn, { kind: 'called', process, name, tag, call });
  }
  const handle = CALLS[call.kind] as Handler<SystemCall>;
  const reply = handle(turn, waiter, call);
  if (reply !== null) answer(turn, waiter, reply);
}

function brk(turn: Turn, { process: pid }: Waiter, { address }: Of<'brk'>): Reply {
  const process = processOf(turn, pid);
  if (process.memory === null) return fail('ENOMEM');
  const memory = moveBreak(process.memory, address);
  putProcess(turn, { ...process, memory });
  return done(memory.breakAt);
}
