# Interrupts: software, timer, and those of supervisor mode; delegation, vectors, WFI (volume II,
# §3.1.7 to §3.1.9 and §3.3.3). The timer and the software interrupt are those of a CLINT at
# 0x02000000, as SiFive's U54 has it.
        .include "common/check.s"
        .equ    MSIP, 0x02000000
        .equ    MTIMECMP, 0x02004000
        .equ    MTIME, 0x0200bff8
        .equ    INTERRUPT, 1 << 31

# No timer before it is asked for.
        li      a0, MTIMECMP
        li      a1, -1
        sw      a1, 0(a0)
        sw      a1, 4(a0)

# Makes `bit` of mie and mip pending and lets it in.
        .macro  pending code
        case
        li      s10, INTERRUPT | \code
        la      s11, 2f
        li      a0, 1 << \code
        csrs    mie, a0
        csrs    mip, a0
        csrsi   mstatus, 8
1:      j       1b
        .balign 4
2:      li      s10, -1
        csrci   mstatus, 8
        csrc    mip, a0
        csrc    mie, a0
        same    s9, 0
        .endm

        pending 1
        pending 5
        pending 9

# Nothing comes in while MIE is 0, nor what mie leaves out.
        case
        li      a0, 0x222
        csrs    mip, a0
        csrsi   mstatus, 8
        nop
        csrci   mstatus, 8
        csrs    mie, a0
        nop
        csrc    mip, a0
        csrw    mie, zero

# The software interrupt of machine mode.
        case
        li      s10, INTERRUPT | 3
        la      s11, 2f
        csrwi   mie, 8
        csrsi   mstatus, 8
        li      a0, MSIP
        li      a1, 1
        sw      a1, 0(a0)
1:      j       1b
        .balign 4
2:      li      s10, -1
        csrci   mstatus, 8
        sw      zero, 0(a0)
        csrw    mie, zero

# The timer wakes WFI.
        case
        li      s10, INTERRUPT | 7
        la      s11, 2f
        li      a0, 1 << 7
        csrw    mie, a0
        csrsi   mstatus, 8
        li      a0, MTIME
        lw      a1, 0(a0)
        li      a2, 2000
        add     a1, a1, a2
        li      a0, MTIMECMP
        sw      a1, 0(a0)
        sw      zero, 4(a0)
1:      wfi
        j       1b
        .balign 4
2:      li      s10, -1
        csrci   mstatus, 8
        li      a0, MTIME
        lw      a2, 0(a0)
        li      a0, MTIMECMP
        li      a3, -1
        sw      a3, 4(a0)
        bltu    a2, a1, fail
        csrw    mie, zero

# WFI goes on when something enabled is pending, though interrupts are off.
        case
        csrwi   mie, 2
        csrsi   mip, 2
        wfi
        csrci   mip, 2
        csrwi   mie, 0

# Vectored: the cause times four behind the base.
        case
        la      a0, vectors
        addi    a0, a0, 1
        csrrw   a1, mtvec, a0
        li      s7, 0
        csrwi   mie, 2
        csrsi   mip, 2
        csrsi   mstatus, 8
1:      beqz    s7, 1b
        csrci   mip, 2
        csrwi   mie, 0
        same    s7, 1
        la      s11, 2f
        li      s10, 11
        ecall                           # exceptions go to the base itself
        j       fail
        .balign 4
2:      li      s10, -1
        csrw    mtvec, a1

# Delegated to supervisor mode: taken there and below, never in machine mode.
        case
        la      a0, supervisor
        csrw    stvec, a0
        csrwi   mideleg, 2
        csrwi   mie, 2
        csrsi   mip, 2
        csrsi   mstatus, 8
        nop
        csrci   mstatus, 8
        li      s10, 9
        la      s11, 2f
        la      s7, 1f
        mode    0
1:      j       1b
        .balign 4
2:      li      s10, -1
        same    s6, INTERRUPT | 1
# In supervisor mode only while SIE is 1.
        case
        csrci   sstatus, 2
        li      s10, 9
        la      s11, 2f
        li      s6, 0
        mode    1
        nop
        bnez    s6, wrong
        li      s5, 1
        csrsi   sstatus, 2
1:      j       1b
        .balign 4
2:      li      s10, -1
        same    s6, INTERRUPT | 1
        csrci   mip, 2
        csrwi   mideleg, 0
        csrwi   mie, 0

# What is not delegated interrupts the modes below whatever MIE says.
        case
        csrwi   mie, 2
        csrsi   mip, 2
        csrci   mstatus, 8
        li      s10, INTERRUPT | 1
        la      s11, 2f
        mode    0
1:      j       1b
        .balign 4
2:      li      s10, -1
        csrci   mip, 2
# Nothing left of the clock.
        li      a1, 0
        li      a2, 0
        j       pass
wrong:  j       fail

        .balign 64
        .option push
        .option norvc
vectors:
        j       handler
        j       software
        j       fail
        .option pop
software:
        li      s7, 1
        csrci   mip, 2
        mret

        .balign 4
supervisor:
        csrr    s6, scause
        ecall
