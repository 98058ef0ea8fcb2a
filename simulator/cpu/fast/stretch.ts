/**
 * The interpreter's inner loop: RV32I out of RAM and into RAM. Whatever is rare (CSRs, traps,
 * devices, misaligned accesses) ends the stretch, and the control unit carries it out. Words are
 * signed here, and places in memory are offsets from the beginning of RAM. Typed arrays are
 * little-endian on every machine that runs JavaScript today; a test would tell.
 */
import type { RamView } from '../engine';
import type { Cpu } from '../state';
import { remember, SLOTS, type Memo } from './memo';
import { cover, type Windows } from './windows';

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

/** What a stretch did. `cut` when it met something that it leaves to the control unit. */
export type Done = { cycles: number; retired: number; cut: boolean };

/**
 * Runs from the pc until `budget` cycles are used up (an instruction that begins within it is
 * finished) or until it meets what it does not do. Leaves the pc at the next instruction; charging
 * the cycles is the caller's.
 */
export function stretch(
  cpu: Cpu,
  views: Views,
  memo: Memo,
  windows: Windows,
  budget: number,
  done: Done,
): void {
  const { x } = cpu;
  const { ram, bytes, halves, words } = views;
  const { octets, clean } = ram;
  const { word: known, code: codes, immediate: immediates, cycles: costs } = memo;
  const base = ram.base | 0;
  let { low: codeLow, size: codeSize } = windows.code;
  let { low: readLow, size: readSize } = windows.read;
  let { low: writeLow, size: writeSize } = windows.write;
  let at = (cpu.pc - base) | 0;
  let cycles = 0;
  let retired = 0;
  let cut = true;

  loop: for (;;) {
    if (cycles >= budget) {
      cut = false;
      break;
    }
    if ((at - codeLow) >>> 0 >= codeSize) {
      if ((at & 3) !== 0 || !cover(windows, 'code', cpu, ram, at)) break;
      codeLow = windows.code.low;
      codeSize = windows.code.size;
    }
    const word = words[at >>> 2] as number;
    const slot = (at >>> 2) & (SLOTS - 1);
    if (known[slot] !== word) remember(memo, slot, word);
    const imm = immediates[slot] as number;
    const rd = (word >>> 7) & 31;
    const rs1 = (word >>> 15) & 31;
    const rs2 = (word >>> 20) & 31;
    let next = (at + 4) | 0;

    switch (codes[slot] as number) {
      case 1: // fence, and whatever would write x0
        break;
      case 2: // lui
        x[rd] = imm;
        break;
      case 3: // auipc
        x[rd] = base + at + imm;
        break;
      case 4: // jal
        next = (at + imm) | 0;
        if ((next & 3) !== 0) break loop;
        if (rd !== 0) x[rd] = base + at + 4;
        break;
      case 5: // jalr
        next = ((((x[rs1] as number) + imm) & ~1) - base) | 0;
        if ((next & 3) !== 0) break loop;
        if (rd !== 0) x[rd] = base + at + 4;
        break;
      case 6: // beq
        if (x[rs1] === x[rs2]) next = (at + imm) | 0;
        if ((next & 3) !== 0) break loop;
        break;
      case 7: // bne
        if (x[rs1] !== x[rs2]) next = (at + imm) | 0;
        if ((next & 3) !== 0) break loop;
        break;
      case 8: // blt
        if ((x[rs1] as number) < (x[rs2] as number)) next = (at + imm) | 0;
        if ((next & 3) !== 0) break loop;
        break;
      case 9: // bge
        if ((x[rs1] as number) >= (x[rs2] as number)) next = (at + imm) | 0;
        if ((next & 3) !== 0) break loop;
        break;
      case 10: // bltu
        if ((x[rs1] as number) >>> 0 < (x[rs2] as number) >>> 0) next = (at + imm) | 0;
        if ((next & 3) !== 0) break loop;
        break;
      case 11: // bgeu
        if ((x[rs1] as number) >>> 0 >= (x[rs2] as number) >>> 0) next = (at + imm) | 0;
        if ((next & 3) !== 0) break loop;
        break;
      case 12: {
        // lb
        const from = ((x[rs1] as number) + imm - base) | 0;
        if ((from - readLow) >>> 0 >= readSize) {
          if (!cover(windows, 'read', cpu, ram, from)) break loop;
          readLow = windows.read.low;
          readSize = windows.read.size;
        }
        if (rd !== 0) x[rd] = bytes[from] as number;
        break;
      }
      case 13: {
        // lh
        const from = ((x[rs1] as number) + imm - base) | 0;
        if ((from & 1) !== 0) break loop;
        if ((from - readLow) >>> 0 >= readSize) {
          if (!cover(windows, 'read', cpu, ram, from)) break loop;
          readLow = windows.read.low;
          readSize = windows.read.size;
        }
        if (rd !== 0) x[rd] = halves[from >>> 1] as number;
        break;
      }
      case 14: {
        // lw
        const from = ((x[rs1] as number) + imm - base) | 0;
        if ((from & 3) !== 0) break loop;
        if ((from - readLow) >>> 0 >= readSize) {
          if (!cover(windows, 'read', cpu, ram, from)) break loop;
          readLow = windows.read.low;
          readSize = windows.read.size;
        }
        if (rd !== 0) x[rd] = words[from >>> 2] as number;
        break;
      }
      case 15: {
        // lbu
        const from = ((x[rs1] as number) + imm - base) | 0;
        if ((from - readLow) >>> 0 >= readSize) {
          if (!cover(windows, 'read', cpu, ram, from)) break loop;
          readLow = windows.read.low;
          readSize = windows.read.size;
        }
        if (rd !== 0) x[rd] = octets[from] as number;
        break;
      }
      case 16: {
        // lhu
        const from = ((x[rs1] as number) + imm - base) | 0;
        if ((from & 1) !== 0) break loop;
        if ((from - readLow) >>> 0 >= readSize) {
          if (!cover(windows, 'read', cpu, ram, from)) break loop;
          readLow = windows.read.low;
          readSize = windows.read.size;
        }
        if (rd !== 0) x[rd] = (halves[from >>> 1] as number) & 0xffff;
        break;
      }
      case 17: {
        // sb
        const to = ((x[rs1] as number) + imm - base) | 0;
        if ((to - writeLow) >>> 0 >= writeSize) {
          if (!cover(windows, 'write', cpu, ram, to)) break loop;
          writeLow = windows.write.low;
          writeSize = windows.write.size;
        }
        if (clean[to >>> 12] !== 0) ram.touch(to >>> 12);
        octets[to] = x[rs2] as number;
        break;
      }
      case 18: {
        // sh
        const to = ((x[rs1] as number) + imm - base) | 0;
        if ((to & 1) !== 0) break loop;
        if ((to - writeLow) >>> 0 >= writeSize) {
          if (!cover(windows, 'write', cpu, ram, to)) break loop;
          writeLow = windows.write.low;
          writeSize = windows.write.size;
        }
        if (clean[to >>> 12] !== 0) ram.touch(to >>> 12);
        halves[to >>> 1] = x[rs2] as number;
        break;
      }
      case 19: {
        // sw
        const to = ((x[rs1] as number) + imm - base) | 0;
        if ((to & 3) !== 0) break loop;
        if ((to - writeLow) >>> 0 >= writeSize) {
          if (!cover(windows, 'write', cpu, ram, to)) break loop;
          writeLow = windows.write.low;
          writeSize = windows.write.size;
        }
        if (clean[to >>> 12] !== 0) ram.touch(to >>> 12);
        words[to >>> 2] = x[rs2] as number;
        break;
      }
      case 20: // addi
        x[rd] = (x[rs1] as number) + imm;
        break;
      case 21: // slti
        x[rd] = (x[rs1] as number) < imm ? 1 : 0;
        break;
      case 22: // sltiu
        x[rd] = (x[rs1] as number) >>> 0 < imm >>> 0 ? 1 : 0;
        break;
      case 23: // xori
        x[rd] = (x[rs1] as number) ^ imm;
        break;
      case 24: // ori
        x[rd] = (x[rs1] as number) | imm;
        break;
      case 25: // andi
        x[rd] = (x[rs1] as number) & imm;
        break;
      case 26: // slli
        x[rd] = (x[rs1] as number) << imm;
        break;
      case 27: // srli
        x[rd] = (x[rs1] as number) >>> imm;
        break;
      case 28: // srai
        x[rd] = (x[rs1] as number) >> imm;
        break;
      case 29: // add
        x[rd] = (x[rs1] as number) + (x[rs2] as number);
        break;
      case 30: // sub
        x[rd] = (x[rs1] as number) - (x[rs2] as number);
        break;
      case 31: // sll
        x[rd] = (x[rs1] as number) << (x[rs2] as number);
        break;
      case 32: // slt
        x[rd] = (x[rs1] as number) < (x[rs2] as number) ? 1 : 0;
        break;
      case 33: // sltu
        x[rd] = (x[rs1] as number) >>> 0 < (x[rs2] as number) >>> 0 ? 1 : 0;
        break;
      case 34: // xor
        x[rd] = (x[rs1] as number) ^ (x[rs2] as number);
        break;
      case 35: // srl
        x[rd] = (x[rs1] as number) >>> (x[rs2] as number);
        break;
      case 36: // sra
        x[rd] = (x[rs1] as number) >> (x[rs2] as number);
        break;
      case 37: // or
        x[rd] = (x[rs1] as number) | (x[rs2] as number);
        break;
      case 38: // and
        x[rd] = (x[rs1] as number) & (x[rs2] as number);
        break;
      default:
        break loop;
    }
    at = next;
    cycles += costs[slot] as number;
    retired += 1;
  }

  cpu.pc = (base + at) >>> 0;
  done.cycles = cycles;
  done.retired = retired;
  done.cut = cut;
}
