# Reservations and atomic operations (volume I, chapter 13), with each ordering.
        .include "common/check.s"

        .macro  amo name, after, before, operand
        case
        la      a0, word
        li      a1, \before
        sw      a1, 0(a0)
        li      a2, \operand
        \name   a3, a2, (a0)
        same    a3, \before
        lw      a4, 0(a0)
        same    a4, \after
        .endm

        .macro  orders name, after, before, operand
        amo     \name\().w, \after, \before, \operand
        amo     \name\().w.aq, \after, \before, \operand
        amo     \name\().w.rl, \after, \before, \operand
        amo     \name\().w.aqrl, \after, \before, \operand
        .endm

        orders  amoswap, 5, 3, 5
        orders  amoadd, 1, -2147483648, -2147483647
        orders  amoxor, 6, 5, 3
        orders  amoand, 1, 5, 3
        orders  amoor, 7, 5, 3
        orders  amomin, -1, -1, 1
        orders  amomin, -7, 1, -7
        orders  amomax, 1, -1, 1
        orders  amomax, 9, 9, -9
        orders  amominu, 1, -1, 1
        orders  amominu, 2, 2, -2
        orders  amomaxu, -1, -1, 1
        orders  amomaxu, -2, 2, -2

# A reservation holds for one SC.
        case
        la      a0, word
        li      a1, 11
        sw      a1, 0(a0)
        li      a2, 12
        lr.w    a3, (a0)
        sc.w    a4, a2, (a0)
        same    a3, 11
        same    a4, 0
        lw      a5, 0(a0)
        same    a5, 12
        case
        li      a2, 13
        sc.w    a4, a2, (a0)
        beqz    a4, fail
        lw      a5, 0(a0)
        same    a5, 12

# And for its own word.
        case
        lr.w.aq a3, (a0)
        addi    a1, a0, 4
        sc.w.rl a4, a2, (a1)
        beqz    a4, fail
        lw      a5, 4(a0)
        same    a5, 0

        case
1:      lr.w.aqrl a3, (a0)
        addi    a3, a3, 1
        sc.w.aqrl a4, a3, (a0)
        bnez    a4, 1b
        lw      a5, 0(a0)
        same    a5, 13
        j       pass

        .data
        .balign 8
word:   .word   0, 0
