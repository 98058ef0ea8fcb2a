# The 16-bit instructions (volume I, chapter 26), each under its own name.
        .include "common/check.s"
        .option rvc

        case
        li      a0, 40
        c.addi  a0, -9
        same    a0, 31
        case
        c.li    a0, -32
        same    a0, -32
        case
        c.lui   a0, 0xfffe1
        same    a0, 0xfffe1000
        case
        c.lui   a0, 31
        same    a0, 0x1f000
        case
        li      a0, 0x80000010
        c.srli  a0, 4
        same    a0, 0x08000001
        case
        li      a0, 0x80000010
        c.srai  a0, 4
        same    a0, 0xf8000001
        case
        li      a0, 0x80000011
        c.slli  a0, 31
        same    a0, 0x80000000
        case
        li      a0, 0x3f
        c.andi  a0, -2
        same    a0, 0x3e

        .macro  two name, result, a, b
        case
        li      a0, \a
        li      a1, \b
        \name   a0, a1
        same    a0, \result
        .endm

        two     c.sub, -2, 3, 5
        two     c.xor, 6, 3, 5
        two     c.or, 7, 3, 5
        two     c.and, 1, 3, 5
        two     c.mv, 5, 3, 5
        two     c.add, 8, 3, 5

        case
        mv      s0, sp
        la      sp, room
        c.addi16sp sp, -496
        c.addi16sp sp, 480
        c.addi16sp sp, 16
        c.addi4spn a0, sp, 4
        c.addi4spn a1, sp, 1020
        la      a2, room + 4
        bne     a0, a2, wrong
        addi    a2, a2, 1016
        bne     a1, a2, wrong

        case
        li      a0, 0x12345678
        c.swsp  a0, 0(sp)
        c.swsp  a0, 252(sp)
        c.lwsp  a1, 252(sp)
        same    a1, 0x12345678
        lw      a1, 0(sp)
        same    a1, 0x12345678

        case
        la      a4, room
        li      a5, 0x55667788
        c.sw    a5, 124(a4)
        c.lw    a3, 124(a4)
        same    a3, 0x55667788
        lw      a3, 124(a4)
        same    a3, 0x55667788
        mv      sp, s0

        case
        c.j     1f
        j       wrong
1:      case
        li      a0, 0
        c.beqz  a0, 1f
        j       wrong
1:      c.bnez  a0, wrong_near
        li      a0, 1
        c.bnez  a0, 1f
        j       wrong
wrong_near:
        j       wrong
1:      c.beqz  a0, wrong_near

        case
        la      a0, 1f
        c.jr    a0
        j       wrong
1:      case
        la      a0, 1f
        c.jalr  a0
2:      j       wrong
1:      la      a1, 2b
        bne     ra, a1, wrong
        case
        c.jal   1f
2:      j       wrong
1:      la      a1, 2b
        bne     ra, a1, wrong

# Hints change nothing (§26.7).
        case
        li      a0, 5
        c.nop
        .half   0x0005                  # c.nop 1
        .half   0x4085 & ~0xf80         # c.li zero, 1
        same    a0, 5
        same    zero, 0

# A long instruction over the end of a page of 4096 octets.
        case
        j       1f
        .balign 4096
        .space  4094
1:      .option push
        .option norvc
        li      a0, 0x123
        .option pop
        same    a0, 0x123
        la      a0, 1b
        andi    a0, a0, 2
        same    a0, 2

        traps   3, c.ebreak
        same    s9, 0
        traps   2, .half 0
        same    s9, 0
        traps   2, .half 0x8000         # reserved: quadrant 0, funct3 100
        same    s9, 0x8000
        traps   2, .half 0x6101         # c.addi16sp with 0
        same    s9, 0x6101
        traps   2, .half 0x4002         # c.lwsp to zero
        same    s9, 0x4002
        j       pass
wrong:  j       fail

        .bss
        .balign 16
room:   .space  1100
