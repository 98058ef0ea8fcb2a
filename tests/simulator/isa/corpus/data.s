/* Data directives, alignment and strings,
   with comments of every kind */
        .file   "data.s"
        .option norvc
        .option norelax
        .text
        .globl  _start
        .type   _start, @function
_start: nop; nop                        /* two on a line */
        .align  4
        nop
        .p2align 3
        .balign 32
        ecall                           # and a comment
        .balign 32                      # GNU as fills a section up to its alignment
        .size   _start, .-_start
        .section .rodata
        .align  2
text:   .ascii  "no end"
        .asciz  "tab\tquote\"backslash\\octal\101hex\x41nul\0end\n"
        .string "first", "second"
        .string ""
        .balign 8
table:  .word   _start, table, text+3, 0xffffffff, -1, 1 << 31
        .half   0xffff, -32768, 'a', '\n'
        .short  1, 2
        .2byte  0x1234
        .byte   0, 255, -128, '\\', '\''
        .4byte  0x89abcdef
        .8byte  0x0123456789abcdef
        .quad   -2
        .dword  1
        .data
        .globl  counter
counter: .long  0
        .zero   5
        .space  3, 0xaa
        .skip   2
        .balign 4, 0xff
last:   .word   last - counter
        .p2align 2, 0x11, 2
        .byte   1
        .p2align 4, 0x22, 3
        .byte   2
        .section .sdata, "aw", @progbits
        .word   3
        .section .bss
room:   .zero   100
        .align  4
more:   .skip   4
        .lcomm  own, 4
        .comm   shared, 8, 8
        .ident  "by hand"
