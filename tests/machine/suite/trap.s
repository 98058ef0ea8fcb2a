# Exceptions: cause, mepc, mtval, and what becomes of mstatus (volume II, §3.1 and §3.3).
        .include "common/check.s"
        .option norvc

# What mepc must be: the address of the instruction itself.
        .macro  faults cause, value, text:vararg
        case
        li      s10, \cause
        la      s11, 2f
        la      s7, 1f
1:      \text
        j       fail
        .balign 4
2:      li      s10, -1
        bne     s8, s7, fail
        same    s9, \value
        .endm

        .macro  faultsAt cause, place, text:vararg
        case
        li      s10, \cause
        la      s11, 2f
        la      s7, 1f
1:      \text
        j       fail
        .balign 4
2:      li      s10, -1
        bne     s8, s7, fail
        la      t6, \place
        bne     s9, t6, fail
        .endm

        faults  2, 0xffffffff, .word 0xffffffff
        faults  2, 0x0000707f, .word 0x0000707f
        faults  3, 0, ebreak
        faults  11, 0, ecall

# Atomics are aligned.
        case
        la      a0, word + 2
        faultsAt 4, word + 2, lr.w a1, (a0)
        faultsAt 6, word + 2, amoadd.w a1, a2, (a0)
        faultsAt 6, word + 2, amoswap.w.aqrl a1, a2, (a0)

# There is nothing at 16.
        li      a0, 16
        faults  5, 16, lw a1, 0(a0)
        faults  5, 17, lbu a1, 1(a0)
        faults  5, 16, lr.w a1, (a0)
        faults  7, 16, sw a1, 0(a0)
        faults  7, 20, sb a1, 4(a0)

# A fetch: mepc is where it was to go on.
        case
        li      s10, 1
        la      s11, 1f
        li      a0, 32
        jr      a0
        j       fail
        .balign 4
1:      li      s10, -1
        same    s8, 32
        same    s9, 32

# A trap keeps the interrupt bit and the mode, and mret gives them back.
        case
        li      a0, 0x1888
        csrc    mstatus, a0
        csrsi   mstatus, 8
        li      s10, 11
        la      s11, 1f
        la      a1, handler_looking
        csrrw   a2, mtvec, a1
        ecall
        j       fail
        .balign 4
handler_looking:
        csrr    a3, mstatus
        csrw    mepc, s11
        mret
        .balign 4
1:      csrw    mtvec, a2
        li      s10, -1
        li      a4, 0x1888
        and     a3, a3, a4
        same    a3, 0x1880              # MPP machine, MPIE 1, MIE 0
        csrr    a3, mstatus
        and     a3, a3, a4
        same    a3, 0x88                # MPP user, MPIE 1, MIE 1
        csrci   mstatus, 8

# From the modes below. (QEMU leaves mtval of these as it was, where others have the instruction.)
        case
        mode    0
        faults  8, 0, ecall
        mode    1
        faults  9, 0, ecall
        mode    0
        traps   2, mret
        mode    1
        traps   2, mret
        mode    0
        traps   2, sret
        mode    0
        traps   2, sfence.vma
        mode    0
        faults  3, 0, ebreak
        mode    0
        li      a0, 16
        faults  5, 16, lw a1, 0(a0)

# MPP says where from.
        case
        mode    0
        traps   8, ecall
        csrr    a0, mcause
        same    a0, 8

# Delegated exceptions go to supervisor mode, but never from machine mode.
        la      a0, supervisor
        csrw    stvec, a0
        li      a0, 0xb1ff
        csrw    medeleg, a0
        traps   11, ecall
        faults  2, 0xffffffff, .word 0xffffffff

# s5: SPP; s6: scause; s7: sepc; s4: stval; the handler then asks machine mode by a call.
        .macro  delegated cause, from, text:vararg
        case
        mode    \from
        li      s5, \from << 8
        li      s6, \cause
        la      s7, 1f
        la      s11, 2f
1:      \text
        j       fail
        .balign 4
2:      li      s10, -1
        .endm

        li      s4, 0
        delegated 8, 0, ecall
        delegated 3, 0, ebreak
        delegated 3, 1, ebreak
        li      s4, 0xffffffff
        delegated 2, 0, .word 0xffffffff
        delegated 2, 1, .word 0xffffffff
        li      a0, 16
        li      s4, 18
        delegated 5, 0, lb a1, 2(a0)
        li      s4, 20
        delegated 7, 1, sw a1, 4(a0)
        la      a0, word + 1
        la      s4, word + 1
        delegated 4, 0, lr.w a1, (a0)
        delegated 6, 1, amoor.w a1, a2, (a0)
        csrw    medeleg, zero

# sret goes to the mode that SPP names, and gives SIE back.
        case
        la      a0, 1f
        csrw    sepc, a0
        li      a0, 0x122
        csrc    sstatus, a0
        csrsi   sstatus, 0x2
        li      a0, 0x20
        csrc    sstatus, a0
        mode    1
        sret
        j       fail
        .balign 4
1:      traps   8, ecall
        csrr    a0, sstatus
        andi    a0, a0, 0x122
        same    a0, 0x20                # SPP user, SPIE 1, SIE as SPIE was
        case
        la      a0, 1f
        csrw    sepc, a0
        li      a0, 0x100
        csrs    sstatus, a0
        mode    1
        sret
        j       fail
        .balign 4
1:      traps   9, ecall
        j       pass

        .balign 4
supervisor:
        csrr    t0, scause
        bne     t0, s6, 1f
        csrr    t0, sepc
        bne     t0, s7, 1f
        csrr    t0, stval
        bne     t0, s4, 1f
        csrr    t0, sstatus
        andi    t0, t0, 0x100
        bne     t0, s5, 1f
        li      s10, 9
        ecall
1:      j       fail

        .data
        .balign 8
word:   .word   0, 0
