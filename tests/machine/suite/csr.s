# Control and status registers: who may reach them, what they keep (volume II, chapters 2 to 4).
        .include "common/check.s"

# All forms of the instructions (volume I, chapter 6 "Zicsr").
        case
        li      a0, 0x12345678
        csrw    mscratch, a0
        li      a1, 0x0f0f0f0f
        csrrw   a2, mscratch, a1
        same    a2, 0x12345678
        csrrs   a2, mscratch, a0
        same    a2, 0x0f0f0f0f
        csrrc   a2, mscratch, a1
        same    a2, 0x1f3f5f7f
        csrr    a2, mscratch
        same    a2, 0x10305070
        csrrwi  a2, mscratch, 21
        same    a2, 0x10305070
        csrrsi  a2, mscratch, 10
        same    a2, 21
        csrrci  a2, mscratch, 3
        same    a2, 31
        csrr    a2, mscratch
        same    a2, 28

# Source and destination are one.
        case
        li      a0, 5
        csrw    mscratch, a0
        li      a0, 9
        csrrw   a0, mscratch, a0
        same    a0, 5
        csrr    a0, mscratch
        same    a0, 9

# Every bit can be kept.
        .macro  keeps name, mask=-1
        case
        csrr    s0, \name
        li      a0, -1
        csrw    \name, a0
        csrr    a1, \name
        same    a1, \mask
        csrw    \name, zero
        csrr    a1, \name
        csrw    \name, s0
        same    a1, 0
        .endm

        keeps   mscratch
        keeps   sscratch
        keeps   mcause
        keeps   scause
        keeps   mtval
        keeps   stval
        keeps   pmpaddr1
        keeps   pmpaddr6

# What reads as zero whatever is written, and what is always so.
        .macro  constant name, value
        case
        csrr    a0, \name
        same    a0, \value
        .endm

        constant mhartid, 0
        constant mconfigptr, 0
        constant mstatush, 0
        case
        csrr    a0, misa
        li      a1, 0xc0000000
        and     a0, a0, a1
        same    a0, 0x40000000
        csrr    a0, misa
        li      a1, 0x141105            # A C I M S U
        and     a0, a0, a1
        same    a0, 0x141105

# mtvec and stvec: the mode is direct or vectored.
        .macro  vector name
        case
        csrr    s0, \name
        li      a0, 0x80001234
        csrw    \name, a0
        csrr    a1, \name
        same    a1, 0x80001234
        li      a0, 0x80001235
        csrw    \name, a0
        csrr    a1, \name
        csrw    \name, s0
        same    a1, 0x80001235
        .endm

        vector  mtvec
        vector  stvec

# mstatus: fields one by one, and through sstatus.
        .macro  field bits
        case
        li      a0, \bits
        csrs    mstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        csrc    mstatus, a0
        same    a1, \bits
        csrr    a1, mstatus
        and     a1, a1, a0
        same    a1, 0
        .endm

        field   1 << 1
        field   1 << 3
        field   1 << 5
        field   1 << 7
        field   1 << 8
        field   3 << 11
        field   1 << 17
        field   1 << 18
        field   1 << 19
        field   1 << 20
        field   1 << 21
        field   1 << 22

        case
        li      a0, (1 << 1) | (1 << 5) | (1 << 8) | (1 << 18) | (1 << 19)
        csrw    sstatus, zero
        csrs    sstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        csrc    sstatus, a0
        same    a1, (1 << 1) | (1 << 5) | (1 << 8) | (1 << 18) | (1 << 19)
        csrr    a1, mstatus
        and     a1, a1, a0
        same    a1, 0
# The fields of machine mode are not a supervisor's.
        case
        li      a0, (1 << 3) | (1 << 7) | (3 << 11) | (1 << 17) | (1 << 20)
        csrs    sstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        same    a1, 0

# Interrupts: what is delegated is seen through sie and sip.
        case
        li      a0, 0x222
        csrw    mideleg, a0
        csrr    a1, mideleg
        and     a1, a1, a0
        same    a1, 0x222
        csrw    mie, a0
        csrr    a1, sie
        same    a1, 0x222
        csrsi   mip, 2
        csrr    a1, sip
        same    a1, 2
        csrci   sip, 2
        csrr    a1, mip
        andi    a1, a1, 2
        same    a1, 0
        csrw    sie, zero
        csrr    a1, mie
        and     a1, a1, a0
        same    a1, 0
        li      a0, 0xaaa
        csrw    mie, a0
        csrr    a1, sie
        same    a1, 0x222
        csrr    a1, mie
        and     a1, a1, a0
        same    a1, 0xaaa
        csrw    mie, zero
        csrw    mideleg, zero
        csrr    a1, sie
        same    a1, 0

        case
        li      a0, 0x222
        csrs    mip, a0
        csrr    a1, mip
        and     a1, a1, a0
        csrc    mip, a0
        same    a1, 0x222
        csrr    a1, mip
        and     a1, a1, a0
        same    a1, 0

        case
        li      a0, 0xb1ff
        csrw    medeleg, a0
        csrr    a1, medeleg
        csrw    medeleg, zero
        li      a2, 0xb1fe              # a misaligned fetch does not happen with C
        and     a1, a1, a2
        same    a1, 0xb1fe

# satp, and the counters. (Not time: QEMU's spike board has none outside of its CLINT.)
        case
        li      a0, 0x7fffffff          # bare: nothing is translated
        csrw    satp, a0
        csrw    satp, zero
        csrr    a1, satp
        same    a1, 0
        case
        csrr    a0, mcycle
        csrr    a1, mcycle
        bltu    a1, a0, fail
        case
        csrr    a0, minstret
        csrr    a1, minstret
        bltu    a1, a0, fail
        csrr    a0, mcycleh
        csrr    a0, minstreth
        csrr    a0, cycle
        csrr    a0, instret
        csrr    a0, cycleh
        csrr    a0, instreth
        rdcycle a0
        rdinstret a0

# A counter can be stopped.
        case
        csrwi   mcountinhibit, 4
        csrr    a0, minstret
        csrr    a1, minstret
        csrwi   mcountinhibit, 0
        bne     a0, a1, fail

# FIOM (§3.1.18, §4.1.10).
        case
        csrwi   menvcfg, 1
        csrr    a0, menvcfg
        csrwi   menvcfg, 0
        andi    a0, a0, 1
        same    a0, 1
        csrwi   senvcfg, 1
        csrr    a0, senvcfg
        csrwi   senvcfg, 0
        andi    a0, a0, 1
        same    a0, 1
        csrr    a0, menvcfgh

# Who made it: each machine has its own answer, but it has one.
        csrr    a0, mvendorid
        csrr    a0, marchid
        csrr    a0, mimpid

# What is not there, what is only read, and who may not.
        traps   2, csrr a0, 0x7c0
        traps   2, csrw 0x8ff, zero
        traps   2, csrw mhartid, zero
        traps   2, csrw cycle, zero
        traps   2, csrsi instret, 1
        case
        csrrs   a0, cycle, zero         # only read: allowed
        case
        mode    1
        csrr    a0, sscratch
        traps   2, csrr a0, mscratch
        mode    1
        traps   2, csrr a0, mstatus
        mode    1
        traps   2, csrr a0, pmpcfg0
        mode    0
        traps   2, csrr a0, sscratch
        mode    0
        traps   2, csrr a0, satp

# mcounteren opens the counters to supervisor mode, scounteren to user mode.
        csrwi   mcounteren, 0
        csrwi   scounteren, 0
        mode    1
        traps   2, csrr a0, cycle
        csrwi   mcounteren, 7
        mode    1
        csrr    a0, cycle
        csrr    a0, instret
        traps   9, ecall
        mode    0
        traps   2, csrr a0, instret
        csrwi   scounteren, 5
        mode    0
        csrr    a0, cycle
        csrr    a0, instret
        traps   2, csrr a0, time

# TVM keeps supervisors from satp and sfence.vma, TSR from sret, TW from wfi (§3.1.6.5).
        case
        mode    1
        csrr    a0, satp
        sfence.vma
        traps   9, ecall
        li      a0, 1 << 20
        csrs    mstatus, a0
        mode    1
        traps   2, csrr a0, satp
        mode    1
        traps   2, csrw satp, zero
        mode    1
        traps   2, sfence.vma
        li      a0, 1 << 20
        csrc    mstatus, a0
        li      a0, 1 << 21
        csrs    mstatus, a0
        mode    1
        traps   2, wfi
        li      a0, 1 << 21
        csrc    mstatus, a0
        li      a0, 1 << 22
        csrs    mstatus, a0
        mode    1
        traps   2, sret
        li      a0, 1 << 22
        csrc    mstatus, a0
# One more trap, of which everybody says the same, and nothing left of the counters.
        traps   11, ecall
        li      a0, 0
        li      a1, 0
        j       pass
