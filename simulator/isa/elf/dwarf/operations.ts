/** The state machine of a line number program (DWARF 5, §6.2.2 and §6.2.5). */
import { readSigned, readU16, readU32, readU8, readUnsigned, type Cursor } from './cursor';
import { readFile, type LineHeader } from './header';

/** From `address` on, up to the next row, the code is that of `line`; at an end there is none. */
export type Row = {
  readonly address: number;
  readonly file: number;
  readonly line: number;
  readonly isEnd: boolean;
};

type Machine = {
  readonly header: LineHeader;
  readonly cursor: Cursor;
  readonly rows: Row[];
  address: number;
  file: number;
  line: number;
};

function advance(machine: Machine, operations: number): void {
  machine.address = (machine.address + operations * machine.header.leastLength) % 0x1_0000_0000;
}

function append({ rows, address, file, line }: Machine, isEnd: boolean): void {
  rows.push({ address, file, line, isEnd });
}

function special(machine: Machine, adjusted: number): void {
  const { lineBase, lineRange } = machine.header;
  advance(machine, Math.floor(adjusted / lineRange));
  machine.line += lineBase + (adjusted % lineRange);
}

/** Standard operations that change an address, a line or a file; the others carry operands only. */
const STANDARD: ReadonlyMap<number, (machine: Machine) => void> = new Map([
  [1, (machine) => append(machine, false)],
  [2, (machine) => advance(machine, readUnsigned(machine.cursor))],
  [3, (machine) => (machine.line += readSigned(machine.cursor))],
  [4, (machine) => (machine.file = readUnsigned(machine.cursor))],
  [8, constantAdvance],
  [9, (machine) => (machine.address = (machine.address + readU16(machine.cursor)) % 0x1_0000_0000)],
]);

/** DW_LNS_const_add_pc: the address moves as by special operation 255, the line stays. */
function constantAdvance(machine: Machine): void {
  const { opcodeBase, lineRange } = machine.header;
  advance(machine, Math.floor((255 - opcodeBase) / lineRange));
}

function restart(machine: Machine): void {
  [machine.address, machine.file, machine.line] = [0, 1, 1];
}

function extended(machine: Machine): void {
  const { cursor, header } = machine;
  const length = readUnsigned(cursor);
  const end = Math.min(cursor.at + length, cursor.end);
  const operation = length === 0 ? 0 : readU8(cursor);
  if (operation === 1) {
    append(machine, true);
    restart(machine);
  }
  if (operation === 2) machine.address = readU32(cursor);
  if (operation === 3) {
    const path = readFile(cursor, header.directories);
    if (path !== null) header.files.set(header.files.size + 1, path);
  }
  cursor.at = end;
}

function passOperands({ cursor, header }: Machine, operation: number): void {
  const count = header.operands[operation - 1] ?? 0;
  for (let at = 0; at < count; at++) readUnsigned(cursor);
}

function operate(machine: Machine): void {
  const { cursor, header } = machine;
  const operation = readU8(cursor);
  if (operation >= header.opcodeBase) {
    special(machine, operation - header.opcodeBase);
    append(machine, false);
    return;
  }
  const known = operation === 0 ? extended : STANDARD.get(operation);
  if (known === undefined) passOperands(machine, operation);
  else known(machine);
}

/** Each operation takes an octet at least, so there are never more rows than octets. */
export function runLines(cursor: Cursor, header: LineHeader): readonly Row[] {
  const machine = { header, cursor, rows: [], address: 0, file: 1, line: 1 };
  cursor.at = header.programAt;
  while (cursor.at < cursor.end && cursor.wrong === null) operate(machine);
  return machine.rows;
}
