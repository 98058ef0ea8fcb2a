# Directives beside those of data.s.

        .option arch, +c
        .option norvc
        .attribute stack_align, 16
        .file   "directives.s"
        .ident  "nobody"

        .text
        .globl  _start
        .type   _start, @function
_start:
        nop
        .pushsection .data
first:  .word   1
        .popsection
        la      a0, first
        .section .rodata
        .byte   1
        .previous
        nop
        .insn   r 0x33, 0, 0, a0, a1, a2
        .insn   r OP, 7, 0x20, a0, a1, a2
        .insn   i 0x13, 0, a0, a1, -5
        .insn   i LOAD, 2, a0, 12(sp)
        .insn   s STORE, 2, a0, 8(sp)
        .insn   b BRANCH, 0, a0, a1, _start
        .insn   sb BRANCH, 1, a0, a1, _start
        .insn   u LUI, a0, 0x12345
        .insn   j JAL, ra, _start
        .insn   uj JAL, zero, _start
        .insn   0x00b50533
        .insn   4, 0x0ff0000f
        .size   _start, . - _start

        .data
        .balign 4
        .fill   3, 4, 0x12345678
        .fill   2, 2, -1
        .fill   5
        .fill   1, 8, 0x7fffffff
        .org    100
        .byte   1
        .org    first + 120, 0xaa
        .balignw 4, 0x1234
        .p2alignl 4, 0x55aa55aa
        .uleb128 0
        .uleb128 127
        .uleb128 128
        .uleb128 300000
        .sleb128 0
        .sleb128 -1
        .sleb128 63
        .sleb128 64
        .sleb128 -64
        .sleb128 -65
        .sleb128 -300000
        .2byte  1
        .4byte  2
        .8byte  3
        .comm   shared, 12, 8
        .weak   nobody
        .word   nobody
        .weak   maybe
maybe:  .word   maybe
        .word   shared - alone
        .equiv  FIXED, 12
        .byte   FIXED
        .asciz  "one" "two"
        .string "three", "four"
        . = . + 3
        .byte   9
        .bss
        .skip   10
        .zero   6
        .lcomm  alone, 6
