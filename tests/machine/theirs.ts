/** The same program on QEMU, again and again on one machine. */
import { BASE, OCTETS, addressOf } from './frame';
import { COMPARED, settled, type Outcome } from './outcome';
import type { Program } from './program';
import type { Judge } from './qemu';

const hexWord = (value: number): string => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value >>> 0);
  return octets.toString('hex');
};

export const wordsOf = (hex: string): readonly number[] => {
  const octets = Buffer.from(hex, 'hex');
  return Array.from({ length: octets.length >> 2 }, (_, n) => octets.readUInt32LE(n * 4));
};

/** Octets of memory in one packet. */
const PIECE = 0x7c0;

export async function expectOk(answer: Promise<string>, what: string): Promise<void> {
  const said = await answer;
  if (said !== 'OK') throw new Error(`${what}: QEMU says "${said}"`);
}

async function store({ gdb }: Judge, octets: Uint8Array): Promise<void> {
  for (let at = 0; at < octets.length; at += PIECE) {
    const piece = octets.subarray(at, at + PIECE);
    const place = `${(BASE + at).toString(16)},${piece.length.toString(16)}`;
    await expectOk(gdb.ask(`M${place}:${Buffer.from(piece).toString('hex')}`), 'store');
  }
}

async function load({ gdb }: Judge): Promise<Uint8Array> {
  const parts: string[] = [];
  for (let at = 0; at < OCTETS; at += PIECE) {
    const length = Math.min(PIECE, OCTETS - at);
    parts.push(await gdb.ask(`m${(BASE + at).toString(16)},${length.toString(16)}`));
  }
  return new Uint8Array(Buffer.from(parts.join(''), 'hex'));
}

function numberOf({ numbers }: Judge, name: string): string {
  const number = numbers.get(name);
  if (number === undefined) throw new Error(`QEMU has no register ${name}`);
  return number.toString(16);
}

const setRegister = (judge: Judge, name: string, value: number): Promise<void> =>
  expectOk(judge.gdb.ask(`P${numberOf(judge, name)}=${hexWord(value)}`), name);

export const readRegister = async (judge: Judge, name: string): Promise<number> =>
  wordsOf(await judge.gdb.ask(`p${numberOf(judge, name)}`))[0] ?? 0;

/** What an earlier program may have left behind. */
const CLEARED = ['mscratch', 'mepc', 'mcause', 'mtval', 'sscratch', 'sepc', 'scause', 'stval'];
const PMP = ['pmpcfg0', 'pmpaddr0', 'pmpaddr1', 'pmpaddr2', 'scounteren'];

/** Physical memory is written to, so before anything else addresses are physical. */
async function prepare(judge: Judge, program: Program): Promise<void> {
  await setRegister(judge, 'priv', 3);
  for (const name of ['mstatus', 'satp', 'mie', 'mip', ...CLEARED, ...PMP]) {
    await setRegister(judge, name, 0);
  }
  await store(judge, program.octets);
  for (const [name, value] of program.csrs) await setRegister(judge, name, value);
  const registers = [0, ...program.registers, program.pc].map(hexWord).join('');
  await expectOk(judge.gdb.ask(`G${registers}`), 'registers');
  await setRegister(judge, 'priv', program.mode);
}

/** A program of a few hundred instructions takes less than a thousandth of it. */
const PATIENCE_MS = 1000;

/** False when it did not stop by itself within the time. */
export async function runUntilStop(judge: Judge, patienceMs: number): Promise<boolean> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    judge.gdb.interrupt();
  }, patienceMs);
  await judge.gdb.ask('c');
  clearTimeout(timer);
  return !isLate;
}

/** Call once: the machine stops at `done` from then on, and has gone there from its start. */
export async function stopAtDone(judge: Judge): Promise<void> {
  await expectOk(judge.gdb.ask(`Z0,${addressOf('done').toString(16)},4`), 'breakpoint');
  if (!(await runUntilStop(judge, 2000))) throw new Error('QEMU does not start');
}

export async function runTheirs(judge: Judge, program: Program): Promise<Outcome | null> {
  await prepare(judge, program);
  if (!(await runUntilStop(judge, PATIENCE_MS))) return null;
  const words = wordsOf(await judge.gdb.ask('g'));
  const mode = await readRegister(judge, 'priv');
  // A supervisor may be kept from satp, and memory is read as the processor sees it: physically.
  await setRegister(judge, 'priv', 3);
  const csrs: number[] = [];
  for (const { name, mask } of COMPARED)
    csrs.push(((await readRegister(judge, name)) & mask) >>> 0);
  await setRegister(judge, 'mstatus', 0);
  const octets = settled(await load(judge));
  return { registers: words.slice(0, 32), pc: words[32] ?? 0, mode, csrs, octets };
}
