/**
 * The end of a process. Its entry is kept with the status (nobody waits for it here); its
 * descriptors are closed, what it waited for is forgotten, and it leaves the CPU.
 */
import { NONE } from '../contract/outcome';
import { processOf, putProcess } from './processes';
import { closeSocket } from './sockets/close';
import { order, say, type Turn } from './turn';

export function endProcess(turn: Turn, pid: number, status: number): void {
  const { kernel } = turn;
  const { files, name } = processOf(turn, pid);
  const others = <T extends { readonly process: number }>(list: readonly T[]): readonly T[] =>
    list.some((waiter) => waiter.process === pid)
      ? list.filter((waiter) => waiter.process !== pid)
      : list;
  kernel.sleepers = others(kernel.sleepers);
  kernel.console = { ...kernel.console, readers: others(kernel.console.readers) };
  kernel.ready = kernel.ready.filter((ready) => ready !== pid);
  if (kernel.current === pid) kernel.current = null;
  putProcess(turn, { ...processOf(turn, pid), state: 'exited', why: '', files: NONE, status });
  for (const file of files) if (file?.kind === 'socket') closeSocket(turn, file.id);
  say(turn, { kind: 'exited', process: pid, name, status });
  order(turn, { kind: 'exited', process: pid, status });
}
