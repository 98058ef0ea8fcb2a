/**
 * The interpreter's inner loop: RV32IMC out of RAM and into RAM, pre-decoded (`pages.ts`), through
 * mirrored translations (`windows.ts`). Whatever is rare (CSRs, atomics, traps, devices, misaligned
 * accesses, what lies across two pages) ends the stretch, and the control unit carries it out.
 * Words are signed here. Typed arrays are little-endian on every machine that runs JavaScript
 * today; a test would tell.
 */
import { DECODED, type Ports, type RamView } from '../engine';
import { upperProduct, upperSigned } from '../multiplier';
import type { Cpu } from '../state';
import { LONG } from './codes';
import { blockOf, decodeRun, mayStore, setStop, unsetStop, type Pages } from './pages';
import { cover, open, owedFor, type Windows } from './windows';

/** RAM, as arrays of each width over the same octets. */
export type Views = {
  readonly ram: RamView;
  readonly bytes: Int8Array;
  readonly halves: Int16Array;
  readonly words: Int32Array;
};

export function viewsOf(ram: RamView): Views {
  const { buffer, byteOffset, length } = ram.octets;
  return {
    ram,
    bytes: new Int8Array(buffer, byteOffset, length),
    halves: new Int16Array(buffer, byteOffset, length / 2),
    words: new Int32Array(buffer, byteOffset, length / 4),
  };
}

/**
 * What a stretch did. `cut` when it met something that it leaves to the control unit; `walked`
 * entries of page tables were reached for that already.
 */
export type Done = { pc: number; cycles: number; retired: number; walked: number; cut: boolean };

/** What the engine keeps to be fast; none of it is state. */
export type Mirror = {
  readonly views: Views;
  readonly pages: Pages;
  readonly windows: Windows;
  readonly done: Done;
};

/**
 * Runs from the pc until `budget` cycles are used up (an instruction that begins within it is
 * finished) or until it meets what it does not do. Leaves the pc at the next instruction; charging
 * the cycles is the caller's.
 */
export function stretch(cpu: Cpu, ports: Ports, mirror: Mirror, budget: number): void {
  const { x } = cpu;
  const { views, pages, windows, done } = mirror;
  const { ram, bytes, halves, words } = views;
  const { octets, clean } = ram;
  const { fetch, load: loads, store: stores } = windows;
  const { walk } = ports.costs.instruction;
  let pc = cpu.pc | 0;
  let left = budget | 0;
  let retired = 0;
  let cut = true;
  // Entries of page tables that the instruction with this number reached while it was fetched.
  let walkedAt = -1;
  let walked = 0;
  // What opening a window answered last.
  let found = 0;
  let wanted: number;
  let owed = 0;
  // Where the budget ends within a run.
  let stop = -1;

  leave: for (;;) {
    // A page is entered: by falling into it, by a jump, or because it was left and come back to.
    if (left <= 0) {
      cut = false;
      break;
    }
    const entry = (pc >>> 11) & 0x1fe;
    const virtual = pc & -4096;
    if (fetch[entry] !== virtual) {
      found = cover(windows, 'fetch', cpu, pc);
      const took = found * walk;
      // With what it took no instruction would begin any more: the control unit does this one.
      if (found < 0 || (found > 0 && left <= took)) {
        owed = owedFor(found);
        break;
      }
      left = (left - took) | 0;
      walkedAt = retired;
      walked = found;
      found = 0;
    }
    const page = fetch[entry + 1] as number;
    const base =
      ((clean[page] as number) & DECODED) === 0
        ? blockOf(pages, page)
        : (pages.first[page] as number);
    const { code, rest } = pages;
    let i = (base + (pc & 4095)) | 0;

    // Left by what the control unit does.
    plain: {
      run: for (;;) {
        // Left by a load or a store for which no window is open.
        closed: {
          // All of the run is charged at once; what of it does not happen is given back.
          if (left <= (rest[i] as number)) {
            if (left <= 0) {
              pc = virtual + (i - base);
              cut = false;
              break leave;
            }
            if (code[i] === 0) decodeRun(pages, page, i - base);
            unsetStop(pages, stop);
            stop = left > (rest[i] as number) ? -1 : setStop(pages, i, left);
          }
          left = (left - (rest[i] as number)) | 0;
          retired = (retired + (rest[i + 1] as number)) | 0;
          for (;;) {
            const word = code[i] as number;
            // Left by what goes on with the next instruction, and by a branch that does so.
            next: {
              pass: {
                switch (word & 255) {
                  case 2: // the page ends
                    pc = (virtual + 4096) | 0;
                    continue leave;
                  case 3: // nothing but time
                  case 4:
                  case 5:
                  case 6:
                    break next;
                  case 7: // lui
                    x[(word >>> 8) & 31] = code[i + 1] as number;
                    break next;
                  case 8: // auipc
                    x[(word >>> 8) & 31] = virtual + (i - base) + (code[i + 1] as number);
                    break next;
                  case 9: // jal
                    x[(word >>> 8) & 31] = virtual + (i - base) + 2 + ((word >>> 22) & 2);
                    break;
                  case 10: // j
                    break;
                  case 11: // jalr
                    pc = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) & ~1;
                    x[(word >>> 8) & 31] = virtual + (i - base) + 2 + ((word >>> 22) & 2);
                    if ((pc & -4096) !== virtual) continue leave;
                    i = (base + (pc & 4095)) | 0;
                    continue run;
                  case 12: // jr
                    pc = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) & ~1;
                    if ((pc & -4096) !== virtual) continue leave;
                    i = (base + (pc & 4095)) | 0;
                    continue run;
                  case 13: // beq
                    if (x[(word >>> 13) & 31] !== x[(word >>> 18) & 31]) break pass;
                    break;
                  case 14: // bne
                    if (x[(word >>> 13) & 31] === x[(word >>> 18) & 31]) break pass;
                    break;
                  case 15: // blt
                    if ((x[(word >>> 13) & 31] as number) >= (x[(word >>> 18) & 31] as number))
                      break pass;
                    break;
                  case 16: // bge
                    if ((x[(word >>> 13) & 31] as number) < (x[(word >>> 18) & 31] as number))
                      break pass;
                    break;
                  case 17: // bltu
                    if (
                      (x[(word >>> 13) & 31] as number) >>> 0 >=
                      (x[(word >>> 18) & 31] as number) >>> 0
                    )
                      break pass;
                    break;
                  case 18: // bgeu
                    if (
                      (x[(word >>> 13) & 31] as number) >>> 0 <
                      (x[(word >>> 18) & 31] as number) >>> 0
                    )
                      break pass;
                    break;
                  case 19: {
                    // lb
                    const from = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (from >>> 11) & 0x1fe;
                    if ((from & -4096) !== loads[at]) {
                      wanted = from;
                      break closed;
                    }
                    x[(word >>> 8) & 31] = bytes[(from + (loads[at + 1] as number)) | 0] as number;
                    break next;
                  }
                  case 20: {
                    // lh
                    const from = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (from >>> 11) & 0x1fe;
                    if ((from & -4095) !== loads[at]) {
                      wanted = from;
                      break closed;
                    }
                    x[(word >>> 8) & 31] = halves[
                      (from + (loads[at + 1] as number)) >>> 1
                    ] as number;
                    break next;
                  }
                  case 21: {
                    // lw
                    const from = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (from >>> 11) & 0x1fe;
                    if ((from & -4093) !== loads[at]) {
                      wanted = from;
                      break closed;
                    }
                    x[(word >>> 8) & 31] = words[
                      (from + (loads[at + 1] as number)) >>> 2
                    ] as number;
                    break next;
                  }
                  case 22: {
                    // lbu
                    const from = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (from >>> 11) & 0x1fe;
                    if ((from & -4096) !== loads[at]) {
                      wanted = from;
                      break closed;
                    }
                    x[(word >>> 8) & 31] = octets[(from + (loads[at + 1] as number)) | 0] as number;
                    break next;
                  }
                  case 23: {
                    // lhu
                    const from = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (from >>> 11) & 0x1fe;
                    if ((from & -4095) !== loads[at]) {
                      wanted = from;
                      break closed;
                    }
                    x[(word >>> 8) & 31] =
                      (halves[(from + (loads[at + 1] as number)) >>> 1] as number) & 0xffff;
                    break next;
                  }
                  case 24: {
                    // sb
                    const to = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (to >>> 11) & 0x1fe;
                    if ((to & -4096) !== stores[at]) {
                      wanted = to;
                      break closed;
                    }
                    const offset = (to + (stores[at + 1] as number)) | 0;
                    if (clean[offset >>> 12] !== 0 && !mayStore(pages, offset, 1)) break plain;
                    octets[offset] = x[(word >>> 18) & 31] as number;
                    break next;
                  }
                  case 25: {
                    // sh
                    const to = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (to >>> 11) & 0x1fe;
                    if ((to & -4095) !== stores[at]) {
                      wanted = to;
                      break closed;
                    }
                    const offset = (to + (stores[at + 1] as number)) | 0;
                    if (clean[offset >>> 12] !== 0 && !mayStore(pages, offset, 2)) break plain;
                    halves[offset >>> 1] = x[(word >>> 18) & 31] as number;
                    break next;
                  }
                  case 26: {
                    // sw
                    const to = ((x[(word >>> 13) & 31] as number) + (code[i + 1] as number)) | 0;
                    const at = (to >>> 11) & 0x1fe;
                    if ((to & -4093) !== stores[at]) {
                      wanted = to;
                      break closed;
                    }
                    const offset = (to + (stores[at + 1] as number)) | 0;
                    if (clean[offset >>> 12] !== 0 && !mayStore(pages, offset, 4)) break plain;
                    words[offset >>> 2] = x[(word >>> 18) & 31] as number;
                    break next;
                  }
                  case 27: // addi
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) + (code[i + 1] as number);
                    break next;
                  case 28: // slti
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) < (code[i + 1] as number) ? 1 : 0;
                    break next;
                  case 29: // sltiu
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) >>> 0 < (code[i + 1] as number) >>> 0
                        ? 1
                        : 0;
                    break next;
                  case 30: // xori
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) ^ (code[i + 1] as number);
                    break next;
                  case 31: // ori
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) | (code[i + 1] as number);
                    break next;
                  case 32: // andi
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) & (code[i + 1] as number);
                    break next;
                  case 33: // slli
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) << (code[i + 1] as number);
                    break next;
                  case 34: // srli
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) >>> (code[i + 1] as number);
                    break next;
                  case 35: // srai
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) >> (code[i + 1] as number);
                    break next;
                  case 36: // add
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) + (x[(word >>> 18) & 31] as number);
                    break next;
                  case 37: // sub
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) - (x[(word >>> 18) & 31] as number);
                    break next;
                  case 38: // sll
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) << (x[(word >>> 18) & 31] as number);
                    break next;
                  case 39: // slt
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) < (x[(word >>> 18) & 31] as number) ? 1 : 0;
                    break next;
                  case 40: // sltu
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) >>> 0 <
                      (x[(word >>> 18) & 31] as number) >>> 0
                        ? 1
                        : 0;
                    break next;
                  case 41: // xor
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) ^ (x[(word >>> 18) & 31] as number);
                    break next;
                  case 42: // srl
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) >>> (x[(word >>> 18) & 31] as number);
                    break next;
                  case 43: // sra
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) >> (x[(word >>> 18) & 31] as number);
                    break next;
                  case 44: // or
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) | (x[(word >>> 18) & 31] as number);
                    break next;
                  case 45: // and
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 13) & 31] as number) & (x[(word >>> 18) & 31] as number);
                    break next;
                  case 46: // mul
                    x[(word >>> 8) & 31] = Math.imul(
                      x[(word >>> 13) & 31] as number,
                      x[(word >>> 18) & 31] as number,
                    );
                    break next;
                  case 47: // mulh
                    x[(word >>> 8) & 31] = upperSigned(
                      x[(word >>> 13) & 31] as number,
                      x[(word >>> 18) & 31] as number,
                    );
                    break next;
                  case 48: // mulhsu
                    x[(word >>> 8) & 31] =
                      upperProduct(
                        (x[(word >>> 13) & 31] as number) >>> 0,
                        (x[(word >>> 18) & 31] as number) >>> 0,
                      ) -
                      ((x[(word >>> 13) & 31] as number) < 0
                        ? (x[(word >>> 18) & 31] as number)
                        : 0);
                    break next;
                  case 49: // mulhu
                    x[(word >>> 8) & 31] = upperProduct(
                      (x[(word >>> 13) & 31] as number) >>> 0,
                      (x[(word >>> 18) & 31] as number) >>> 0,
                    );
                    break next;
                  case 50: // div
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 18) & 31] as number) === 0
                        ? -1
                        : (x[(word >>> 13) & 31] as number) / (x[(word >>> 18) & 31] as number);
                    break next;
                  case 51: // divu
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 18) & 31] as number) === 0
                        ? -1
                        : ((x[(word >>> 13) & 31] as number) >>> 0) /
                          ((x[(word >>> 18) & 31] as number) >>> 0);
                    break next;
                  case 52: // rem
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 18) & 31] as number) === 0
                        ? (x[(word >>> 13) & 31] as number)
                        : (x[(word >>> 13) & 31] as number) % (x[(word >>> 18) & 31] as number);
                    break next;
                  case 53: // remu
                    x[(word >>> 8) & 31] =
                      (x[(word >>> 18) & 31] as number) === 0
                        ? (x[(word >>> 13) & 31] as number)
                        : ((x[(word >>> 13) & 31] as number) >>> 0) %
                          ((x[(word >>> 18) & 31] as number) >>> 0);
                    break next;
                  case 54: // too late
                    left = (left + (rest[i] as number)) | 0;
                    retired = (retired - (rest[i + 1] as number)) | 0;
                    pc = virtual + (i - base);
                    cut = false;
                    break leave;
                  default:
                    break plain;
                }
                // What falls out of the switch jumps.
                i = (i + (code[i + 1] as number)) | 0;
                if ((i - base) >>> 0 < 4096) continue run;
                pc = (virtual + (i - base)) | 0;
                continue leave;
              }
              i = (i + 2) | 0;
              if ((word & LONG) !== 0) i = (i + 2) | 0;
              continue run;
            }
            i = (i + 2) | 0;
            if ((word & LONG) !== 0) i = (i + 2) | 0;
          }
        }
        found = open(windows, cpu, (code[i] as number) & 255, wanted);
        const before = (left + (rest[i] as number)) | 0;
        // As above: this one has begun, and nothing would after it.
        if (found < 0 || before <= found * walk) break;
        left = (before - found * walk) | 0;
        retired = (retired - (rest[i + 1] as number)) | 0;
        found = 0;
      }
    }
    // The instruction has not happened, and what was walked to fetch it is its own to pay.
    left = (left + (rest[i] as number)) | 0;
    retired = (retired - (rest[i + 1] as number)) | 0;
    owed = owedFor(found);
    if (walkedAt === retired) {
      left = (left + walked * walk) | 0;
      owed += walked;
    }
    pc = virtual + (i - base);
    break;
  }

  unsetStop(pages, stop);
  done.pc = pc >>> 0;
  done.cycles = budget - left;
  done.retired = retired;
  done.walked = owed;
  done.cut = cut;
}
