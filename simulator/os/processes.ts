/** The process table: starting programs, and the open files of each process. */
import { assert } from '../contract/outcome';
import { get, set } from '../contract/table';
import { loadImage } from './memory';
import type { Context, Memory, OpenFile, Process, ProgramToStart } from './state';
import { order, say, type Turn } from './turn';

const CONSOLE: OpenFile = { kind: 'console' };
/** Standard input, output and error. */
const STANDARD: readonly OpenFile[] = [CONSOLE, CONSOLE, CONSOLE];
/** RLIMIT_NOFILE's usual soft limit. */
const MOST_FILES = 1024;

export function processOf(turn: Turn, pid: number): Process {
  const process = get(turn.kernel.processes, pid);
  assert(process !== undefined, `process ${pid} exists`);
  return process;
}

export function putProcess(turn: Turn, process: Process): void {
  turn.kernel.processes = set(turn.kernel.processes, process.pid, process);
}

export function startProgram(turn: Turn, program: ProgramToStart): void {
  const pid = turn.kernel.nextPid;
  turn.kernel.nextPid = pid + 1;
  const { name } = program;
  if (program.kind === 'modelled') {
    putProcess(turn, created(pid, name, 'modelled', null, null));
    say(turn, { kind: 'started', process: pid, name, machine: false });
    order(turn, { kind: 'start', process: pid, program: name, arguments: program.arguments });
    return;
  }
  const loaded = loadImage(turn, program.image, [name, ...program.arguments]);
  if (typeof loaded === 'string') {
    say(turn, { kind: 'refused', process: pid, name, why: loaded });
    putProcess(turn, {
      ...created(pid, name, 'machine', null, null),
      state: 'exited',
      status: 126,
    });
    order(turn, { kind: 'exited', process: pid, status: 126 });
    return;
  }
  putProcess(turn, created(pid, name, 'machine', loaded.context, loaded.memory));
  turn.kernel.ready = [...turn.kernel.ready, pid];
  say(turn, { kind: 'started', process: pid, name, machine: true });
}

function created(
  pid: number,
  name: string,
  kind: Process['kind'],
  context: Context | null,
  memory: Memory | null,
): Process {
  return {
    pid,
    name,
    kind,
    state: 'ready',
    why: '',
    files: STANDARD,
    context,
    memory,
    status: null,
  };
}

/** The lowest free descriptor, or null when the process has as many as it may have. */
export function openFile(turn: Turn, pid: number, file: OpenFile): number | null {
  const process = processOf(turn, pid);
  const free = process.files.indexOf(null);
  const fd = free === -1 ? process.files.length : free;
  if (fd >= MOST_FILES) return null;
  const files = [...process.files];
  files[fd] = file;
  putProcess(turn, { ...process, files });
  return fd;
}

export function forgetFile(turn: Turn, pid: number, fd: number): void {
  const process = processOf(turn, pid);
  putProcess(turn, { ...process, files: process.files.with(fd, null) });
}

/** Null when `fd` is not open. */
export function fileOf(turn: Turn, pid: number, fd: number): OpenFile | null {
  return processOf(turn, pid).files[fd] ?? null;
}
