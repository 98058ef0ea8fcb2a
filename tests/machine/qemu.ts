/** Debian's `qemu-system-riscv32 -M spike` as a judge: the same program, stopped and looked into. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attach, type Gdb } from './gdb';

const PROGRAM = 'qemu-system-riscv32';

/** RV32IMAC, Zicsr, Zifencei, M, S, U, PMP, Sv32: nothing else that QEMU's rv32 would have. */
const CPU = [
  'rv32',
  ...['f', 'd', 'h', 'sstc', 'zba', 'zbb', 'zbc', 'zbs', 'zihintpause'].map((one) =>
    one === 'zihintpause' ? 'Zihintpause=false' : `${one}=false`,
  ),
].join(',');

const RAM = '16M';

const flags = (elf: string): readonly string[] => [
  // With one processor QEMU does an atomic as a load and a store, and tells of the load when it
  // traps; room for a second one makes it the store that §13.1 of volume I asks for.
  ...['-M', 'spike', '-cpu', CPU, '-m', RAM, '-smp', '1,maxcpus=2', '-bios', elf],
  ...['-display', 'none', '-serial', 'none', '-monitor', 'none'],
];

export const isInstalled = spawnSync(PROGRAM, ['--version']).status === 0;

/** The exit status of a program that ends by `tohost`; null when it did not within the time. */
export function verdict(elf: Uint8Array, patienceMs = 20_000): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'qemu-'));
  const file = join(folder, 'a.elf');
  writeFileSync(file, elf);
  const { status } = spawnSync(PROGRAM, flags(file), { timeout: patienceMs });
  rmSync(folder, { recursive: true });
  return status;
}

export type Judge = {
  readonly gdb: Gdb;
  /** The number by which the protocol calls each register. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly close: () => void;
};

async function documentOf(gdb: Gdb, name: string): Promise<string> {
  let text = '';
  for (;;) {
    const at = text.length.toString(16);
    const part = await gdb.ask(`qXfer:features:read:${name}:${at},7f0`);
    text += part.slice(1);
    if (!part.startsWith('m')) return text;
  }
}

/** What the target describes: names and numbers of all registers. */
async function numbersOf(gdb: Gdb): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>();
  const target = await documentOf(gdb, 'target.xml');
  const included = [...target.matchAll(/href="([^"]+)"/g)].map(([, name = '']) => name);
  let next = 0;
  for (const name of included) {
    const text = await documentOf(gdb, name);
    for (const [tag] of text.matchAll(/<reg [^>]*>/g)) {
      const register = /name="([^"]+)"/.exec(tag)?.[1] ?? '';
      next = Number(/regnum="(\d+)"/.exec(tag)?.[1] ?? next);
      numbers.set(register, next);
      next += 1;
    }
  }
  return numbers;
}

/** A machine with `elf` in its memory that stands before its first instruction. */
export async function start(elf: Uint8Array): Promise<Judge> {
  const folder = mkdtempSync(join(tmpdir(), 'qemu-'));
  const [file, path] = [join(folder, 'a.elf'), join(folder, 'gdb')];
  writeFileSync(file, elf);
  const server = `unix:${path},server=on,wait=off`;
  const child: ChildProcess = spawn(PROGRAM, [...flags(file), '-S', '-gdb', server], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gdb = await attach(path);
  await gdb.ask('qSupported:multiprocess-;xmlRegisters=riscv');
  return {
    gdb,
    numbers: await numbersOf(gdb),
    close: () => {
      gdb.close();
      child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
