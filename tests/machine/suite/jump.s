# Branches and jumps (volume I, §2.5): taken and not, forwards and backwards, what they leave in rd.
        .include "common/check.s"

        .macro  goes name, a, b
        case
        li      a0, \a
        li      a1, \b
        \name   a0, a1, forth_\@
        j       fail
back_\@:
        j       done_\@
forth_\@:
        \name   a0, a1, back_\@
        j       fail
done_\@:
        .endm

        .macro  stays name, a, b
        case
        li      a0, \a
        li      a1, \b
        \name   a0, a1, fail_\@
        j       done_\@
fail_\@:
        j       fail
done_\@:
        .endm

        goes    beq, 5, 5
        goes    beq, -1, -1
        stays   beq, 5, -5
        goes    bne, 5, 6
        stays   bne, 0, 0
        goes    blt, -1, 0
        goes    blt, -2147483648, 2147483647
        stays   blt, 0, -1
        stays   blt, 3, 3
        goes    bge, 0, -1
        goes    bge, 3, 3
        stays   bge, -1, 0
        goes    bltu, 0, -1
        goes    bltu, 1, 2
        stays   bltu, -1, 0
        stays   bltu, 2, 2
        goes    bgeu, -1, 0
        goes    bgeu, 2, 2
        stays   bgeu, 0, -1

        case
        .option push
        .option norvc
        jal     a0, 1f
2:      j       fail
1:      la      a1, 2b
        bne     a0, a1, fail

        case
        la      a0, 1f
        jalr    a1, 0(a0)
2:      j       fail
1:      la      a2, 2b
        bne     a1, a2, fail

# The lowest bit of the address is cleared, and rd may be the base.
        case
        la      a0, 1f
        addi    a0, a0, 5
        jalr    a0, -4(a0)
2:      j       fail
1:      la      a2, 2b
        bne     a0, a2, fail

        case
        la      a0, 1f + 2047
        jalr    zero, -2047(a0)
        j       fail
1:      .option pop

        case
        call    leaf
        same    a0, 77
        case
        li      a0, 3
        la      ra, 1f
        tail    leaf
        j       fail
1:      same    a0, 77
        j       pass

leaf:   li      a0, 77
        ret
