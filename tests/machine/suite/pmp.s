# Physical memory protection (volume II, §3.7): each way to match an address, rights, priority, lock.
        .include "common/check.s"
        .equ    R, 1
        .equ    W, 2
        .equ    X, 4
        .equ    TOR, 8
        .equ    NA4, 16
        .equ    NAPOT, 24
        .equ    LOCK, 128

# Entries 0 to 2 by their addresses; the last one opens everything.
        .macro  entry index, place, config
        la      t0, \place
        srli    t0, t0, 2
        csrw    pmpaddr\index, t0
        li      t1, 0xff << (8 * \index)
        csrc    pmpcfg0, t1
        li      t1, (\config) << (8 * \index)
        csrs    pmpcfg0, t1
        sfence.vma
        .endm

        .macro  may from, text:vararg
        case
        mode    \from
        la      a0, room
        \text
        traps   8+\from, ecall
        .endm

        .macro  mayNot cause, from, place, text:vararg
        case
        mode    \from
        la      a0, room
        traps   \cause, \text
        la      t0, \place
        bne     s9, t0, fail
        .endm

# Four octets.
        entry   0, room + 8, NA4 | R
        may     0, lw a1, 8(a0)
        may     1, lb a1, 11(a0)
        mayNot  7, 0, room + 8, sw a1, 8(a0)
        mayNot  7, 1, room + 11, sb a1, 11(a0)
        may     0, sw a1, 4(a0)
        may     0, sw a1, 12(a0)
# A naturally aligned power of two: 64 octets.
        case
        la      t0, room + 64
        srli    t0, t0, 2
        ori     t0, t0, 7
        csrw    pmpaddr0, t0
        li      t1, 0xff
        csrc    pmpcfg0, t1
        li      t1, NAPOT | R | W
        csrs    pmpcfg0, t1
        sfence.vma
        may     0, lw a1, 64(a0)
        may     1, sw a1, 124(a0)
        li      t1, R | W
        csrc    pmpcfg0, t1
        sfence.vma
        mayNot  5, 0, room + 64, lw a1, 64(a0)
        mayNot  5, 1, room + 124, lw a1, 124(a0)
        mayNot  7, 1, room + 127, sb a1, 127(a0)
        may     0, lw a1, 60(a0)
        may     0, lw a1, 128(a0)

# From one address to another.
        entry   0, room + 16, 0
        entry   1, room + 32, TOR | R
        may     0, lw a1, 16(a0)
        mayNot  7, 0, room + 16, sw a1, 16(a0)
        mayNot  7, 0, room + 28, sw a1, 28(a0)
        may     0, sw a1, 12(a0)
        may     0, sw a1, 32(a0)

# The entry with the lowest number decides.
        entry   0, room + 20, NA4 | R | W
        may     0, lw a1, 20(a0)
        may     0, sw a1, 20(a0)

# Fetches.
        entry   0, target, NA4 | R | W
        entry   1, room, 0
        case
        mode    0
        la      s7, target
        traps   1, jr s7
        bne     s8, s7, fail
        bne     s9, s7, fail
        entry   0, target, NA4 | X
        case
        mode    0
        la      s7, target
        la      s11, 1f
        li      s10, 8
        jr      s7
        .balign 4
1:      li      s10, -1
        case
        mode    0
        la      a0, target
        traps   5, lw a1, 0(a0)

# Machine mode goes everywhere while nothing is locked.
        case
        entry   0, room + 8, NA4
        la      a0, room
        lw      a1, 8(a0)
        sw      a1, 8(a0)

# MPRV: as the mode below.
        case
        li      t0, 3 << 11
        csrc    mstatus, t0
        li      t0, 1 << 17
        csrs    mstatus, t0
        la      a0, room
        traps   5, lw a1, 8(a0)
        li      t0, 1 << 17
        csrc    mstatus, t0

# Locked: for machine mode, too, and until reset.
        entry   0, room + 8, LOCK | NA4 | R
        case
        la      a0, room
        lw      a1, 8(a0)
        traps   7, sw a1, 8(a0)
        case
        csrr    s0, pmpaddr0
        csrw    pmpaddr0, zero
        csrr    a1, pmpaddr0
        bne     a1, s0, fail
        csrr    s0, pmpcfg0
        csrw    pmpcfg0, zero
        csrr    a1, pmpcfg0
        andi    a1, a1, 0xff
        andi    s0, s0, 0xff
        bne     a1, s0, fail
        j       pass

        .balign 4096
        .option norvc
target: ecall
        .balign 4096

        .data
        .balign 4096
room:   .space  256
