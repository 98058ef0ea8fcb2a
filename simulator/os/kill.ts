/** SIGKILL from outside: the process ends wherever it is; nothing of it is asked (signal(7)). */
import { get } from '../contract/table';
import type { Input } from './effects';
import { endProcess } from './exit';
import { saveContext } from './scheduler';
import { say, spend, type Turn } from './turn';

const SIGKILL = 9;

export function killed(turn: Turn, input: Extract<Input, { kind: 'kill' }>): void {
  const { process: pid, context } = input;
  if (context !== undefined) saveContext(turn, context);
  spend(turn, turn.kernel.config.costs.kernel.interrupt, 'interrupt');
  const process = get(turn.kernel.processes, pid);
  if (process === undefined || process.state === 'exited') {
    say(turn, { kind: 'ignored', protocol: 'SIGKILL', why: `there is no process ${pid}` });
    return;
  }
  const why = 'somebody outside ends it';
  const { name } = process;
  const pc = process.context?.pc ?? null;
  say(turn, { kind: 'killed', process: pid, name, signal: 'SIGKILL', why, pc, value: null });
  // As a shell reports it: 128 and the number of the signal.
  endProcess(turn, pid, 128 + SIGKILL);
}
