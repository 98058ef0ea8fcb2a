# Every instruction of RV32I and Zicsr, with its operands at their ends.
        .text
        .globl  _start
_start:
        lui     a0, 0
        lui     t6, 0xfffff
        auipc   zero, 1
        auipc   s11, 0x80000
        jal     ra, after
        jal     x0, _start
after:  jalr    ra, 0(t0)
        jalr    zero, -2048(ra)
        jalr    a0, 2047(s0)
back:   beq     a0, a1, back
        bne     t0, zero, ahead
        blt     s2, s3, back
        bge     s4, s5, ahead
        bltu    s6, s7, back
        bgeu    s8, s9, ahead
ahead:  lb      a0, -1(sp)
        lh      a1, 2(gp)
        lw      a2, 2047(tp)
        lbu     a3, -2048(fp)
        lhu     a4, (s1)
        sb      a5, 1(t1)
        sh      a6, -2(t2)
        sw      a7, 2047(t3)
        sw      zero, -2048(t4)
        addi    sp, sp, -16
        slti    s2, s3, 2047
        sltiu   s4, s5, -2048
        xori    s6, s7, 0x7f
        ori     s8, s9, 1
        andi    s10, s11, 255
        slli    t3, t4, 0
        srli    t5, t6, 31
        srai    a0, a1, 17
        add     a0, a1, a2
        sub     x1, x2, x3
        sll     x4, x5, x6
        slt     x7, x8, x9
        sltu    x10, x11, x12
        xor     x13, x14, x15
        srl     x16, x17, x18
        sra     x19, x20, x21
        or      x22, x23, x24
        and     x25, x26, x27
        add     x28, x29, x30
        sub     x31, x0, x31
        fence
        fence   rw, rw
        fence   iorw, w
        fence   r, io
        fence.tso
        fence.i
        ecall
        ebreak
        mret
        sret
        wfi
        csrrw   a0, mstatus, a1
        csrrs   a2, mepc, zero
        csrrc   zero, mcause, t0
        csrrwi  a0, mscratch, 0
        csrrsi  a1, mie, 31
        csrrci  a2, mip, 8
        csrrw   t0, 0x7c0, t1
        csrrs   t2, pmpcfg3, t3
        csrrs   t2, pmpaddr15, t3
        csrrs   a0, mhartid, zero
        csrrs   a0, mvendorid, zero
        csrrs   a0, marchid, zero
        csrrs   a0, mimpid, zero
        csrrs   a0, misa, zero
        csrrs   a0, mtvec, zero
        csrrs   a0, mtval, zero
        csrrs   a0, mcounteren, zero
        csrrs   a0, mcountinhibit, zero
        csrrs   a0, mstatush, zero
        csrrs   a0, mcycle, zero
        csrrs   a0, mcycleh, zero
        csrrs   a0, minstret, zero
        csrrs   a0, minstreth, zero
