# Macros, repetitions and conditions.

        .equ    DEBUG, 1
        .equ    LEVEL, 3

        .macro  push register, offset=0
        addi    sp, sp, -4
        sw      \register, \offset(sp)
        .endm

        .macro  many first, rest:vararg
        .word   \first
        .ifnb   \rest
        many    \rest
        .endif
        .endm

        .macro  need what:req, how=7
        li      \what, \how
        .endm

        .macro  loop count
        li      t0, \count
again\@:
        addi    t0, t0, -1
        bnez    t0, again\@
        .endm

        .macro  leave_early flag
        nop
        .if     \flag
        .exitm
        .endif
        ebreak
        .endm

        .macro  outer name
        .macro  inner_\name value
        .word   \value, \name
        .endm
        inner_\name 5
        .endm

        .macro  joined prefix, suffix
\prefix\()_\suffix:
        j       \prefix\()_\suffix
        .endm

        .text
        .globl  _start
_start:
        push    ra
        push    s0, 8
        push    register=s1, offset=4
        need    a0
        need    a1, 9
        need    how=3, what=a2
        loop    10
        loop    20
        leave_early 1
        leave_early 0
        joined  here, there

        .if     DEBUG
        li      a3, 1
        .if     LEVEL > 5
        li      a4, 1
        .elseif LEVEL == 3
        li      a4, 2
        .else
        li      a4, 3
        .endif
        .else
        li      a3, 2
        .endif

        .ifdef  NOTHING
        li      a5, 1
        .else
        li      a5, 2
        .endif
        .ifndef NOTHING
        li      a6, 1
        .endif

        .rept   3
        slli    a0, a0, 1
        .endr

        .irp    register, s2, s3, s4
        mv      \register, zero
        .endr

        .ifc    abc, abc
        nop
        .endif
        .ifnc   abc, abd
        ret
        .endif
        .ifeq   LEVEL - 3
        ecall
        .endif
        .ifge   LEVEL
        fence
        .endif

        .data
        many    1, 2, 3, 4
        .irpc   digit, 0123
        .byte   \digit
        .endr
        outer   77
        inner_77 6
        .set    COUNT, 0
        .rept   4
        .word   COUNT
        .set    COUNT, COUNT + 10
        .endr
        .purgem push
        .macro  push value
        .half   \value
        .endm
        push    0x1234
