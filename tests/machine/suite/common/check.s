# What every program of the suite begins with.
#
#       gp      the number of the case at hand
#       s8, s9  mepc and mtval of the last trap
#       s10     the cause that a trap must have, or -1 when none is expected
#       s11     where the handler goes on, in machine mode
#
# A case that fails ends the program: tohost gets twice its number, plus one. `finish` is where it
# is written, so that a debugger can stop there and look.

        .set    CASE, 0

        .macro  case
        .set    CASE, CASE + 1
        li      gp, CASE
        .endm

        .macro  same register, value:req
        li      t6, \value
        bne     \register, t6, fail
        .endm

# One operation on two registers, or on a register and a number.
        .macro  rr name, result, a, b
        case
        li      a0, \a
        li      a1, \b
        \name   a2, a0, a1
        same    a2, \result
        .endm

        .macro  ri name, result, a, b
        case
        li      a0, \a
        \name   a2, a0, \b
        same    a2, \result
        .endm

# What follows must trap with this cause.
        .macro  traps cause, text:vararg
        case
        li      s10, \cause
        la      s11, trapped_\@
        \text
        j       fail
        .balign 4
trapped_\@:
        li      s10, -1
        .endm

# Goes on in user (0) or supervisor mode (1), without changing the place.
        .macro  mode number
        li      t6, 0x1800
        csrc    mstatus, t6
        li      t6, \number << 11
        csrs    mstatus, t6
        la      t6, entered_\@
        csrw    mepc, t6
        mret
entered_\@:
        .endm

        .globl  _start, tohost, fromhost, finish, fail
        .text
# What a boot ROM may have left in registers.
_start: li      a0, 0
        li      a1, 0
        li      a2, 0
        li      t0, 0
        li      gp, 0
        li      s10, -1
        la      t0, handler
        csrw    mtvec, t0
        csrwi   mstatus, 0
        csrwi   mie, 0
        # User and supervisor mode may reach everything, until a program says otherwise.
        li      t0, -1
        csrw    pmpaddr7, t0
        li      t0, 0x1f000000
        csrw    pmpcfg1, t0
        j       program

        .balign 4
handler:
        csrr    t6, mcause
        bne     t6, s10, fail
        csrr    s8, mepc
        csrr    s9, mtval
        csrw    mepc, s11
        li      t6, 0x80                # what interrupted may still be pending
        csrc    mstatus, t6
        li      t6, 0x1800
        csrs    mstatus, t6
        mret

# From a mode that may not store there, one more trap leads here again.
fail:   csrr    t6, mcause
        slli    gp, gp, 1
        ori     gp, gp, 1
        j       finish
pass:   li      gp, 1
finish: la      t6, tohost
        sw      gp, 0(t6)
        sw      zero, 4(t6)
1:      j       1b

        .data
        .balign 64
tohost: .word   0, 0
        .size   tohost, 8
fromhost:
        .word   0, 0
        .size   fromhost, 8

        .text
        .balign 4
program:
