/**
 * Decoded instructions, a block for each page of RAM that was executed: a slot of two words for
 * each half-word, and one more that says that the page ends. So a slot lies in its block where its
 * instruction lies in the page, counted in octets. A block holds as long as its page carries the
 * flag {@link DECODED}, which every store into RAM but the interpreter's own takes away.
 *
 * A run is what is executed one after the other once its first instruction is: up to a jump, a
 * branch, or what is left to the control unit. Each slot knows what its run takes from there on.
 */
import { CLEAN, DECODED, WATCHED, type RamView } from '../engine';
import { endsRun, LEFT, LONG, PAGE_END, slotOf, STOP, UNDECODED } from './codes';

const OCTETS = 4096;
/** From one block to the next. */
const STRIDE = OCTETS + 2;
const FIRST_BLOCKS = 8;
const UNKNOWN = 0x7fff_ffff;

export type Pages = {
  readonly ram: RamView;
  readonly halves: Uint16Array;
  /** Cycles of each code. */
  readonly costs: Int32Array;
  /** First slot of each page's block; -1 when it has none. */
  readonly first: Int32Array;
  /** The instruction and, beside it, its immediate. */
  code: Int32Array;
  /**
   * Cycles and, beside them, instructions from here to the end of the run; more cycles than anybody
   * has where nothing is decoded, so that one comparison asks both.
   */
  rest: Int32Array;
  blocks: number;
  /** What stands where a stop is set. */
  stopped: number;
};

export function createPages(ram: RamView, costs: Int32Array): Pages {
  const { buffer, byteOffset, length } = ram.octets;
  return {
    ram,
    halves: new Uint16Array(buffer, byteOffset, length / 2),
    costs,
    first: new Int32Array(length / 4096).fill(-1),
    code: new Int32Array(FIRST_BLOCKS * STRIDE),
    rest: new Int32Array(FIRST_BLOCKS * STRIDE),
    blocks: 0,
    stopped: 0,
  };
}

function room(pages: Pages): number {
  const first = pages.blocks * STRIDE;
  if (first === pages.code.length) {
    for (const name of ['code', 'rest'] as const) {
      const grown = new Int32Array(pages[name].length * 2);
      grown.set(pages[name]);
      pages[name] = grown;
    }
  }
  pages.blocks += 1;
  pages.code[first + OCTETS] = PAGE_END;
  return first;
}

function clear({ code, rest }: Pages, first: number): void {
  code.fill(UNDECODED, first, first + OCTETS);
  rest.fill(UNKNOWN, first, first + OCTETS);
}

/** The first slot of the page's block, in which nothing is left of what the page held before. */
export function blockOf(pages: Pages, page: number): number {
  const { first, ram } = pages;
  let slot = first[page] as number;
  if (slot >= 0 && ((ram.clean[page] as number) & DECODED) !== 0) return slot;
  if (slot < 0) {
    slot = room(pages);
    first[page] = slot;
  }
  clear(pages, slot);
  ram.clean[page] = (ram.clean[page] as number) | DECODED;
  return slot;
}

/** Decodes the instruction that begins at octet `at` of the page. */
function decodeSlot(pages: Pages, page: number, at: number): number {
  const slot = (pages.first[page] as number) + at;
  const half = (page * OCTETS + at) >>> 1;
  const low = pages.halves[half] as number;
  const isLong = (low & 3) === 3;
  // One that ends on the next page needs a second translation.
  const isSplit = isLong && at === OCTETS - 2;
  const word = isLong && !isSplit ? low + (pages.halves[half + 1] as number) * 0x1_0000 : low;
  const { code, immediate } = isSplit ? { code: LEFT, immediate: 0 } : slotOf(word);
  pages.code[slot] = code;
  pages.code[slot + 1] = immediate;
  return code;
}

/** Octets of the instruction of which `word` was made. */
const lengthOf = (word: number): number => ((word & LONG) === 0 ? 2 : 4);

/** Decodes the run that begins at octet `from` of the page, up to what is decoded already. */
export function decodeRun(pages: Pages, page: number, from: number): void {
  const first = pages.first[page] as number;
  const { code, rest, costs } = pages;
  const run: number[] = [];
  let at = from;
  let ends = false;
  while (!ends && code[first + at] === UNDECODED) {
    const decoded = decodeSlot(pages, page, at);
    run.push(first + at);
    ends = endsRun(decoded);
    at += lengthOf(decoded);
  }
  let [cycles, count] = ends
    ? [0, 0]
    : [rest[first + at] as number, rest[first + at + 1] as number];
  for (const slot of run.reverse()) {
    const decoded = (code[slot] as number) & 255;
    cycles += costs[decoded] as number;
    // What is left to the control unit is counted by it.
    if (decoded !== LEFT) count += 1;
    rest[slot] = cycles;
    rest[slot + 1] = count;
  }
}

/**
 * Puts a stop where, in the run from `slot` on, the budget is used up and no instruction begins any
 * more. The answer is the slot, for {@link unsetStop}; -1 when all of it begins in time.
 */
export function setStop(pages: Pages, slot: number, budget: number): number {
  const { code, rest } = pages;
  const whole = rest[slot] as number;
  let at = slot;
  while (!endsRun(code[at] as number)) {
    at += lengthOf(code[at] as number);
    if (whole - (rest[at] as number) < budget) continue;
    pages.stopped = code[at] as number;
    code[at] = (pages.stopped & LONG) | STOP;
    return at;
  }
  return -1;
}

export function unsetStop(pages: Pages, slot: number): void {
  if (slot >= 0) pages.code[slot] = pages.stopped;
}

/**
 * Before the interpreter stores `width` octets at `offset` of RAM, into a page with a flag. False
 * when decoded instructions lie there, or the word that somebody watches: then nothing was done,
 * and the control unit stores.
 */
export function mayStore(pages: Pages, offset: number, width: number): boolean {
  const { clean, touch } = pages.ram;
  const page = offset >>> 12;
  const flags = clean[page] as number;
  if ((flags & WATCHED) !== 0 && isWatched(pages.ram, offset, width)) return false;
  if ((flags & DECODED) !== 0 && isCode(pages, page, offset & 4095, width)) return false;
  if ((flags & CLEAN) !== 0) touch(page);
  // Data may lie beside code: what is decoded stays so.
  clean[page] = flags & (DECODED | WATCHED);
  return true;
}

const isWatched = ({ watched = -4 }: RamView, offset: number, width: number): boolean =>
  offset < watched + 4 && offset + width > watched;

function isCode({ first, code }: Pages, page: number, at: number, width: number): boolean {
  const base = first[page] as number;
  const from = base + (at & ~1);
  // An instruction of 4 octets may begin a half-word earlier.
  if (from > base && ((code[from - 2] as number) & LONG) !== 0) return true;
  for (let slot = from; slot < base + at + width; slot += 2)
    if (code[slot] !== UNDECODED) return true;
  return false;
}
