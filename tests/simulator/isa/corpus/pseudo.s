# Pseudo-instructions: one word, several words, and other spellings of real instructions.
        .equ    SIZE, 0x800
        .text
        .globl  _start
_start: nop
        li      a0, 0
        li      a0, 2047
        li      a0, -2048
        li      a0, 2048
        li      a0, -2049
        li      a0, 0x1000
        li      a0, 0x7ffff800
        li      a0, 0x7fffffff
        li      a0, 0x80000000
        li      a0, 0xffffffff
        li      a0, 0xfffff800
        li      a0, 0xdeadbeef
        li      a0, -2147483648
        li      a0, 'A'
        li      a1, SIZE * 2
        mv      a0, a1
        not     a2, a3
        neg     a4, a5
        seqz    t0, t1
        snez    t2, t3
        sltz    t4, t5
        sgtz    t6, s0
        sgt     a0, a1, a2
        sgtu    a3, a4, a5
        sext.b  a0, a1
        sext.h  a2, a3
        zext.b  a4, a5
        zext.h  a6, a7
        add     a0, a1, 5
        and     a0, a1, -1
        or      a0, a1, 7
        xor     a0, a1, 7
        slt     a0, a1, 9
        sltu    a0, a1, 9
        sll     a0, a1, 3
        srl     a0, a1, 4
        sra     a0, a1, 5
1:      beqz    a0, 1b
        bnez    a1, 1f
        blez    a2, 1b
        bgez    a3, 1f
        bltz    a4, 1b
        bgtz    a5, 1f
        bgt     a0, a1, 1b
        ble     a2, a3, 1f
        bgtu    a4, a5, 1b
        bleu    a6, a7, 1f
1:      j       1b
        jal     1b
        jal     f
        jr      t0
        jr      8(t0)
        jr      t0, 12
        jalr    t1
        jalr    16(t1)
        jalr    t1, 20
        jalr    a0, t1
        jalr    a0, t1, 24
        ret
f:      call    g
        call    t0, g
        tail    f
        jump    g, t2
g:      la      a0, message
        lla     a1, message+4
        la      a2, g
        lb      a3, message
        lh      a3, numbers
        lw      a3, numbers
        lbu     a3, message
        lhu     a3, numbers+2
        sb      a4, buffer, t0
        sh      a4, buffer+4, t1
        sw      a4, buffer+8, t2
        csrr    a0, mstatus
        csrw    mtvec, a0
        csrs    mie, a1
        csrc    mip, a2
        csrwi   mscratch, 1
        csrsi   mstatus, 8
        csrci   mstatus, 8
        csrw    mscratch, 31
        csrs    mstatus, 8
        csrc    mstatus, 8
        csrrw   a0, mscratch, 3
        csrrs   a0, mscratch, 4
        csrrc   a0, mscratch, 5
        rdcycle a0
        rdtime  a1
        rdinstret a2
        rdcycleh a3
        rdtimeh a4
        rdinstreth a5
        unimp
        .data
message: .asciz "hello"
        .balign 4
numbers: .word  1, 2, 3
        .bss
buffer: .space  64
