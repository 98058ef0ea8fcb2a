# Expressions, in the precedence of GNU as.
        .equ    ONE, 1
        .set    TWO, ONE + 1
        THREE = TWO + ONE
        .section .rodata
row:    .word   1, 2, 3
        .equ    LENGTH, . - row
        .text
_start: .globl  _start
        addi    a0, a0, 2 + 3 * 4
here:
        addi    a0, a0, (2 + 3) * 4
        addi    a0, a0, 1 | 2 + 4
        addi    a0, a0, 7 - 3 & 1
        addi    a0, a0, 100 / 7
        addi    a0, a0, -100 / 7
        addi    a0, a0, 100 % 7
        addi    a0, a0, 1 << 4 + 1
        addi    a0, a0, 0x7f0 >> 4
        addi    a0, a0, ~0
        addi    a0, a0, -(-5)
        addi    a0, a0, 5 ^ 3
        addi    a0, a0, 0b1011
        addi    a0, a0, 017
        addi    a0, a0, 'z' - 'a'
        addi    a0, a0, ONE + TWO * THREE
        andi    a0, a0, 0xffffffff
        lui     a1, %hi(message)
        addi    a1, a1, %lo(message)
        lw      a2, %lo(message)(a1)
        sw      a2, %lo(message + 4)(a1)
        lui     a1, %hi(0x12345fff)
        addi    a1, a1, %lo(0x12345fff)
high:   auipc   a3, %pcrel_hi(message + 8)
        addi    a3, a3, %pcrel_lo(high)
        lw      a4, %pcrel_lo(high)(a3)
        sw      a4, %pcrel_lo(high)(a3)
1:      auipc   a3, %pcrel_hi(message)
        addi    a3, a3, %pcrel_lo(1b)
start:  slli    a0, a0, 1 << 3
        csrrwi  a0, 0x300 + 0x40, 3 * 5
        beq     a0, a1, . + 8
        j       .
        j       start + 4
        li      a0, LENGTH
        li      a1, LENGTH * 0x1000
end:
        .set    STEP, 4
        li      a0, STEP
        .set    STEP, 0x12345
        li      a0, STEP
        .data
        .word   end - start, . - start, message, . - message
        .word   ONE, TWO, THREE
        .word   (1 << 31) - 1, ~(1 << 4), !0, !5
        .byte   end - start, (end - start) / 4
message: .word  later, later + 1
        .space  (end - start) * 2
        .equ    later, ONE + 41
