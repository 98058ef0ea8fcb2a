/**
 * The memory in which a random program runs: handlers that write down every trap and go on at the
 * next stretch of the body, so that whatever the program does, it ends.
 */
import { assemble } from '../../simulator/isa/assembler/assemble';
import type { Image } from '../../simulator/isa/image';

export const BASE = 0x8000_0000;
export const OCTETS = 0x5000;
/** The program, and where it begins for user mode when addresses are translated. */
export const BODY = BASE + 0x1000;
export const USER_BODY = 0x4000_1000;
export const DATA = BASE + 0x2000;
export const ROOT = BASE + 0x3000;
export const LEAVES = BASE + 0x4000;
/** Octets of the body from one resumption to the next, and how many of them there are. */
export const STRETCH_OCTETS = 32;
export const TRAPS = 24;

const SOURCE = `
        .equ    BODY, ${BODY}
        .equ    STRETCH, ${STRETCH_OCTETS}
        .equ    TRAPS, ${TRAPS}
        .option norvc
        .globl  _start, machine, supervisor, done
_start: li      t0, 0x02004000          # mtimecmp: no timer ever rings
        li      t1, -1
        sw      t1, 0(t0)
        sw      t1, 4(t0)
        j       done
        .balign 64

# Every trap into machine mode. What the program kept in mscratch is lost: it holds sp.
machine:
        csrw    mscratch, sp
        lui     sp, 0x20                # MPRV: the handler's own loads and stores
        csrc    mstatus, sp
        la      sp, kept
        sw      t0, 0(sp)
        sw      t1, 4(sp)
        sw      t2, 8(sp)
        lw      t0, 12(sp)              # traps so far
        addi    t1, t0, 1
        sw      t1, 12(sp)
        slli    t1, t0, 4
        add     t1, t1, sp
        csrr    t2, mcause
        sw      t2, 32(t1)
        csrr    t2, mepc
        sw      t2, 36(t1)
        csrr    t2, mtval
        sw      t2, 40(t1)
        csrr    t2, mstatus
        sw      t2, 44(t1)
        li      t2, TRAPS - 1
        bgeu    t0, t2, finish
        lw      t1, 16(sp)              # where the body lies, for the mode that goes on
        csrr    t2, mstatus
        srli    t2, t2, 11
        andi    t2, t2, 3
        bnez    t2, 1f
        lw      t1, 20(sp)
1:      slli    t0, t0, 5
        add     t1, t1, t0
        addi    t1, t1, STRETCH
        csrw    mepc, t1
        lw      t0, 0(sp)
        lw      t1, 4(sp)
        lw      t2, 8(sp)
        csrr    sp, mscratch
        mret
finish: lw      t0, 0(sp)
        lw      t1, 4(sp)
        lw      t2, 8(sp)
        csrr    sp, mscratch
done:   j       done

# The same for supervisor mode.
        .balign 64
supervisor:
        csrw    sscratch, sp
        la      sp, kept
        sw      t0, 0(sp)
        sw      t1, 4(sp)
        sw      t2, 8(sp)
        lw      t0, 12(sp)
        addi    t1, t0, 1
        sw      t1, 12(sp)
        slli    t1, t0, 4
        add     t1, t1, sp
        csrr    t2, scause
        sw      t2, 32(t1)
        csrr    t2, sepc
        sw      t2, 36(t1)
        csrr    t2, stval
        sw      t2, 40(t1)
        csrr    t2, sstatus
        sw      t2, 44(t1)
        li      t2, TRAPS - 1
        bgeu    t0, t2, finish_supervisor
        lw      t1, 16(sp)
        csrr    t2, sstatus
        andi    t2, t2, 0x100
        bnez    t2, 1f
        lw      t1, 20(sp)
1:      slli    t0, t0, 5
        add     t1, t1, t0
        addi    t1, t1, STRETCH
        csrw    sepc, t1
        lw      t0, 0(sp)
        lw      t1, 4(sp)
        lw      t2, 8(sp)
        csrr    sp, sscratch
        sret
finish_supervisor:
        lw      t0, 0(sp)
        lw      t1, 4(sp)
        lw      t2, 8(sp)
        csrr    sp, sscratch
        j       done

        .org    0x800
kept:   .space  16                      # t0, t1, t2, traps
places: .word   BODY, BODY              # for supervisor and machine mode, and for user mode
        .space  8
log:    .space  16 * TRAPS              # cause, epc, tval, status
        .org    ${OCTETS}
`;

function built(): Image {
  const made = assemble(SOURCE);
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  return made.image;
}

export const IMAGE = built();
const octets = IMAGE.segments[0]?.octets ?? new Uint8Array(0);
if (octets.length !== OCTETS) throw new Error(`the frame has ${octets.length} octets`);

export function addressOf(name: string): number {
  const found = IMAGE.symbols.find((symbol) => symbol.name === name);
  if (found === undefined) throw new Error(`the frame has no ${name}`);
  return found.address;
}

/** A fresh copy of the memory before the program is put in. */
export const memory = (): Uint8Array => octets.slice();
