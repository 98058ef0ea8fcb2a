# Branches and jumps near and far, and what their lengths decide.

        .text
        .globl  _start
_start:
        beqz    a0, near
        bnez    s1, far
        beq     a0, a1, far
        bltu    a2, a3, near
        bgez    t0, beyond
        j       near
        j       far
        jal     near
        jal     zero, far
        jal     t0, near
near:
        .space  300
        beqz    a0, near
        bnez    a5, near
        j       _start
        .balign 8
        li      a1, 12
far:
        .space  1800
        j       near
        j       _start
        beqz    a0, far
        .p2align 4, , 6
        .option push
        .option norvc
        addi    a0, a0, 1
        beqz    a0, far
        .option pop
        addi    a0, a0, 1
        .space  3000
beyond:
        beqz    a0, near
        blt     a0, a1, near
        bnez    a0, 1f
        .space  252
1:      bnez    a0, 1b
        call    near
        tail    far
        la      a0, table
        lui     a1, %hi(table)
        lw      a1, %lo(table)(a1)
2:      auipc   a2, %pcrel_hi(table)
        lw      a3, %pcrel_lo(2b)(a2)
        .option push
        .option rvc
        c.j     2b
        c.beqz  a0, 2b
        c.nop
        .option pop
        .half   0x1234

        .section .rodata
table:
        .word   near, far - near, beyond - far
        .half   far - near
        .byte   1b - 1b + 5
        .balign 4
        .word   . - table
