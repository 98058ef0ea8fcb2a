/** The self-checking programs of `suite/`, assembled, and run on both sides. */
import { readdirSync, readFileSync } from 'node:fs';
import { COSTS } from '../../simulator/contract/costs';
import { readCsr } from '../../simulator/cpu/csrs';
import { createBare, runBare, tohostOf, type Ended } from '../../simulator/host/bare';
import type { EngineName } from '../../simulator/host/processor';
import { link } from '../../simulator/isa/assembler/assemble';
import { writeElf } from '../../simulator/isa/elf/write';
import type { Image } from '../../simulator/isa/image';
import { csrNumber } from '../../simulator/isa/rv32/csrs';
import { COMPARED } from './outcome';
import { start } from './qemu';
import { expectOk, readRegister, runUntilStop, wordsOf } from './theirs';

const FOLDER = new URL('suite/', import.meta.url);
export const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.s'))
  .map((name) => name.slice(0, -2));

export const textOf = (file: string): string => readFileSync(new URL(file, FOLDER), 'utf8');

export function imageOf(name: string): Image {
  const made = link([{ name: `${name}.s`, text: textOf(`${name}.s`) }], { include: textOf });
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  return made.image;
}

/** What is left when a program has its answer. */
export type End = {
  readonly tohost: number;
  /** x0 to x30; x31 has the address of tohost, or not yet. */
  readonly registers: readonly number[];
  /** As {@link COMPARED} says. */
  readonly csrs: readonly number[];
  /** Of each segment without code, what is in memory, but for tohost's own word. */
  readonly memory: readonly string[];
};

const MOST = 1_000_000;

const addressOf = ({ symbols }: Image, name: string): number =>
  symbols.find((symbol) => symbol.name === name)?.address ?? 0;

/** Without the word that is stored last. */
function hexOf(octets: Uint8Array, address: number, image: Image): string {
  const copy = Buffer.from(octets);
  const at = addressOf(image, 'tohost') - address;
  if (at >= 0 && at + 4 <= copy.length) copy.writeUInt32LE(0, at);
  return copy.toString('hex');
}

const isData = ({ flags }: Image['segments'][number]): boolean => !flags.execute;

export function here(image: Image, engine: EngineName): End | Ended {
  const bare = createBare(image, 16 << 20, engine, COSTS);
  if (typeof bare === 'string') throw new Error(bare);
  const ended = runBare(bare, MOST);
  if (ended !== 'tohost') return ended;
  const { cpu, ram } = bare;
  return {
    tohost: tohostOf(bare),
    registers: Array.from(cpu.x, (value) => value >>> 0).slice(0, 31),
    csrs: COMPARED.map(({ name, mask }) => (readCsr(cpu, csrNumber(name) ?? 0) & mask) >>> 0),
    memory: image.segments.filter(isData).map(({ address, octets }) => {
      const from = address - ram.base;
      return hexOf(ram.octets.subarray(from, from + octets.length), address, image);
    }),
  };
}

/** QEMU, stopped before the answer is stored, by which it would end. */
export async function there(image: Image): Promise<End | null> {
  const judge = await start(writeElf(image));
  try {
    await expectOk(judge.gdb.ask(`Z0,${addressOf(image, 'finish').toString(16)},4`), 'breakpoint');
    if (!(await runUntilStop(judge, 10_000))) return null;
    const registers = wordsOf(await judge.gdb.ask('g')).slice(0, 31);
    await expectOk(
      judge.gdb.ask(`P${(judge.numbers.get('priv') ?? 0).toString(16)}=03000000`),
      'priv',
    );
    const csrs: number[] = [];
    for (const { name, mask } of COMPARED) {
      csrs.push(((await readRegister(judge, name)) & mask) >>> 0);
    }
    const memory: string[] = [];
    for (const { address, octets } of image.segments.filter(isData)) {
      const parts: string[] = [];
      for (let at = 0; at < octets.length; at += 1024) {
        const length = Math.min(1024, octets.length - at).toString(16);
        parts.push(await judge.gdb.ask(`m${(address + at).toString(16)},${length}`));
      }
      memory.push(hexOf(Buffer.from(parts.join(''), 'hex'), address, image));
    }
    return { tohost: registers[3] ?? 0, registers, csrs, memory };
  } finally {
    judge.close();
  }
}
