/** The console as a terminal in canonical mode: echo, erase, whole lines (termios(3), ICANON). */
import { append, drop, slice } from '../../contract/octets';
import { NONE } from '../../contract/outcome';
import type { Reply } from '../../contract/program';
import { order, type Turn } from '../turn';
import type { Waiter } from '../waiter';
import { block, wake } from './answer';

const NEWLINE = 10;
const RETURN = 13;
const BACKSPACE = 8;
const ERASE = 127;
const END = 4;

/** Canonical mode: a read gives at most one line, and waits until there is a whole one. */
export function readConsole(turn: Turn, waiter: Waiter, maxOctets: number): Reply | null {
  const { console } = turn.kernel;
  if (console.lines.length === 0) {
    turn.kernel.console = { ...console, readers: [...console.readers, waiter] };
    return block(turn, waiter, 'a line typed at the console');
  }
  const all = slice(console.lines, 0, console.lines.length);
  const newline = all.indexOf(NEWLINE);
  const end = Math.min(newline === -1 ? all.length : newline + 1, maxOctets);
  turn.kernel.console = { ...console, lines: drop(console.lines, end) };
  return { ok: true, value: end, octets: all.slice(0, end) };
}

/** Octets typed: echoed, edited (backspace), and handed on by the line. */
export function typed(turn: Turn, octets: Uint8Array): void {
  for (const octet of octets) typeOne(turn, octet === RETURN ? NEWLINE : octet);
}

function typeOne(turn: Turn, octet: number): void {
  const { console } = turn.kernel;
  if (octet === BACKSPACE || octet === ERASE) {
    if (console.line.length === 0) return;
    turn.kernel.console = { ...console, line: console.line.slice(0, -1) };
    order(turn, { kind: 'print', octets: Uint8Array.of(BACKSPACE, 32, BACKSPACE) });
    return;
  }
  if (octet === END) {
    enter(turn, console.line);
    return;
  }
  order(turn, { kind: 'print', octets: Uint8Array.of(octet) });
  const line = [...console.line, octet];
  if (octet === NEWLINE) enter(turn, line);
  else turn.kernel.console = { ...console, line };
}

/** A line is complete; an empty one (end of file, ^D) answers a waiting read with 0 octets. */
function enter(turn: Turn, line: readonly number[]): void {
  const { console } = turn.kernel;
  const [reader, ...readers] = console.readers;
  const lines = append(console.lines, Uint8Array.from(line));
  if (reader === undefined || reader.call.kind !== 'read') {
    turn.kernel.console = { ...console, line: NONE, lines };
    return;
  }
  turn.kernel.console = { line: NONE, lines, readers };
  const { maxOctets } = reader.call;
  const end = Math.min(line.length, maxOctets);
  const octets = slice(lines, 0, end);
  turn.kernel.console = { ...turn.kernel.console, lines: drop(lines, end) };
  wake(turn, reader, { ok: true, value: end, octets }, 'a line was typed');
}
