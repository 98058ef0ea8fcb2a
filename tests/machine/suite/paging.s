# Sv32 (volume II, §4.3): pages of both sizes, rights, A and D, what fails with which cause.
        .include "common/check.s"
        .equ    V, 1
        .equ    R, 2
        .equ    W, 4
        .equ    X, 8
        .equ    U, 16
        .equ    A, 64
        .equ    D, 128
        .equ    SUM, 1 << 18
        .equ    MXR, 1 << 19
        .equ    DATA, 0x40000000

# Entry `index` of the leaf table: where it leads, and its flags.
        .macro  leaf index, place, flags
        la      t0, leaves
        la      t1, \place
        srli    t1, t1, 2
        ori     t1, t1, \flags
        sw      t1, 4 * \index(t0)
        .endm

# What is at `address` is loaded, stored or gone to in supervisor or user mode.
        .macro  loads from, address
        case
        mode    \from
        li      a0, \address
        lw      a1, 0(a0)
        traps   8+\from, ecall
        .endm
        .macro  stores from, address
        case
        mode    \from
        li      a0, \address
        li      a1, 0x600d
        sw      a1, 0(a0)
        traps   8+\from, ecall
        .endm
        .macro  refuses cause, from, address, text:vararg
        case
        mode    \from
        li      a0, \address
        traps   \cause, \text
        same    s9, \address
        .endm
        .macro  flags index, wanted
        la      t0, leaves
        lw      t1, 4 * \index(t0)
        andi    t1, t1, 0xff
        same    t1, \wanted
        .endm

# 4 MiB at its own place for supervisor mode; the leaf table at DATA; another 4 MiB for user mode.
        la      t0, root
        li      t1, (0x80000000 >> 2) | D | A | X | W | R | V
        li      t2, 4 * (0x80000000 >> 22)
        add     t2, t2, t0
        sw      t1, 0(t2)
        li      t2, 4 * (0x90000000 >> 22)
        add     t2, t2, t0
        ori     t3, t1, U
        sw      t3, 0(t2)
        li      t2, 4 * (DATA >> 22)
        add     t2, t2, t0
        la      t1, leaves
        srli    t1, t1, 2
        ori     t1, t1, V
        sw      t1, 0(t2)
# A large page whose number has lower bits, which is not allowed.
        li      t2, 4 * (0xa0000000 >> 22)
        add     t2, t2, t0
        li      t1, ((0x80000000 + 4096) >> 2) | D | A | X | W | R | V
        sw      t1, 0(t2)

        leaf    0, page, D | A | W | R | V
        leaf    1, page, D | A | R | V
        leaf    2, page, D | A | X | V
        leaf    3, page, D | A | W | V          # reserved
        leaf    4, page, D | A | W | R          # not valid
        leaf    5, page, D | A | U | X | W | R | V
        leaf    6, page, W | R | V              # neither A nor D
        leaf    7, page, V                      # a pointer where there is no next level
        leaf    8, page, D | A | W | R | V
        leaf    9, page, 0
        leaf    10, code, D | A | U | X | V
        leaf    11, page, A | U | R | V

        la      t0, root
        srli    t0, t0, 12
        li      t1, 1 << 31
        or      t0, t0, t1
        csrw    satp, t0
        sfence.vma

# Rights of supervisor mode.
        loads   1, DATA
        stores  1, DATA
        loads   1, DATA + 4096
        refuses 15, 1, DATA + 4096, sw a1, 0(a0)
        refuses 15, 1, DATA + 4096, amoadd.w a1, a2, (a0)
        refuses 15, 1, DATA + 4100, sb a1, 0(a0)
        refuses 13, 1, DATA + 2 * 4096, lw a1, 0(a0)
        refuses 12, 1, DATA, jr a0
        refuses 13, 1, DATA + 3 * 4096, lw a1, 0(a0)
        refuses 15, 1, DATA + 3 * 4096, sw a1, 0(a0)
        refuses 13, 1, DATA + 4 * 4096, lb a1, 0(a0)
        refuses 15, 1, DATA + 4 * 4096, sb a1, 0(a0)
        refuses 13, 1, DATA + 5 * 4096, lw a1, 0(a0)
        refuses 12, 1, DATA + 5 * 4096, jr a0
        refuses 13, 1, DATA + 7 * 4096, lw a1, 0(a0)
        refuses 13, 1, 0x50000000, lw a1, 0(a0)
        refuses 13, 1, 0xa0000000, lw a1, 0(a0)
        refuses 12, 1, 0xa0000000, jr a0
        refuses 13, 1, DATA + 4 * 4096, lr.w a1, (a0)

# MXR makes executable pages readable, SUM opens those of users, but never to fetches.
        li      a0, MXR
        csrs    mstatus, a0
        loads   1, DATA + 2 * 4096
        li      a0, MXR
        csrc    mstatus, a0
        li      a0, SUM
        csrs    mstatus, a0
        loads   1, DATA + 5 * 4096
        stores  1, DATA + 5 * 4096
        refuses 12, 1, DATA + 5 * 4096, jr a0
        li      a0, SUM
        csrc    mstatus, a0

# A and D are set by what is done (§4.3.2, step 7).
        case
        flags   6, W | R | V
        loads   1, DATA + 6 * 4096
        flags   6, A | W | R | V
        stores  1, DATA + 6 * 4096
        flags   6, D | A | W | R | V

# Over the end of a page: each page answers for its part.
        case
        mode    1
        li      a0, DATA + 9 * 4096 - 2
        traps   13, lw a1, 0(a0)
        same    s9, DATA + 9 * 4096
        case
        mode    1
        li      a0, DATA + 9 * 4096 - 1
        traps   15, sh a1, 0(a0)
        same    s9, DATA + 9 * 4096
        case
        mode    1
        li      a0, DATA + 4096 - 2
        lw      a1, 0(a0)
        traps   9, ecall

# User mode, through pages of its own.
        case
        li      t6, 0x1800
        csrc    mstatus, t6
        li      t6, DATA + 10 * 4096
        csrw    mepc, t6
        li      s10, 8
        la      s11, 1f
        mret
        .balign 4
1:      li      s10, -1
        same    s8, DATA + 10 * 4096 + 12
        same    a1, 0x600d              # what was stored through another name of the page
        same    a3, 5

        .macro  below cause, address, kind
        case
        li      t6, 0x1800
        csrc    mstatus, t6
        li      t6, DATA + 10 * 4096 + \kind
        csrw    mepc, t6
        li      a0, \address
        li      s10, \cause
        la      s11, 1f
        mret
        .balign 4
1:      li      s10, -1
        same    s9, \address
        .endm

        below   13, DATA, 16            # a page of supervisor mode
        below   15, DATA, 20
        below   12, DATA, 24
        below   15, DATA + 11 * 4096, 20
        below   12, DATA + 11 * 4096, 24
        below   12, 0x80000000, 24

# What was changed is seen after sfence.vma, of one page or of all.
        case
        leaf    0, page, 0
        mode    1
        li      a0, DATA
        sfence.vma a0
        traps   13, lw a1, 0(a0)
        case
        leaf    0, other, D | A | R | V
        mode    1
        sfence.vma
        li      a0, DATA
        lw      a1, 0(a0)
        mv      s0, a1
        traps   9, ecall
        same    s0, 0x07e2

# Two address spaces: each keeps its own, and a global page would be in both.
        case
        csrr    t0, satp
        li      t1, 3 << 22
        or      t0, t0, t1
        csrw    satp, t0
        sfence.vma
        mode    1
        li      a0, DATA
        lw      a1, 0(a0)
        mv      s0, a1
        traps   9, ecall
        same    s0, 0x07e2

# MPRV: machine mode's own loads and stores as MPP would do them (§3.1.6.3).
        case
        li      t0, 3 << 11
        csrc    mstatus, t0
        li      t0, (1 << 17) | (1 << 11)
        csrs    mstatus, t0
        li      a0, DATA
        lw      a1, 0(a0)
        li      t0, 1 << 17
        csrc    mstatus, t0
        same    a1, 0x07e2
        case
        li      t0, 3 << 11
        csrc    mstatus, t0
        li      t0, 1 << 17
        csrs    mstatus, t0             # as user mode
        li      a0, DATA
        traps   13, lw a1, 0(a0)
        li      t0, 1 << 17
        csrc    mstatus, t0

# Bare again.
        case
        csrw    satp, zero
        mode    1
        la      a0, other
        lw      a1, 0(a0)
        mv      s0, a1
        traps   9, ecall
        same    s0, 0x07e2
        j       pass

        .balign 4096
        .option push
        .option norvc
code:   lui     a0, (DATA + 5 * 4096) >> 12
        lw      a1, 0(a0)
        li      a3, 5
        ecall                           # at 12
        lw      a1, 0(a0)               # at 16
        sw      a1, 0(a0)               # at 20
        jr      a0                      # at 24
        .option pop

        .data
        .balign 4096
page:   .word   0x1234
        .balign 4096
other:  .word   0x07e2
        .balign 4096
root:   .space  4096
leaves: .space  4096
