# Sorts a list, then counts the primes below 100, then prints: as a compiler would lay it out.
        .section .rodata
greeting: .ascii "sorted\n"
        .equ    greeting_octets, . - greeting
        .data
        .align  2
list:   .word   5, -3, 99, 0, 42, -77, 12
        .equ    list_octets, . - list
count:  .word   0
        .bss
        .align  4
stack:  .skip   1024
stack_top:
        .text
        .align  2
        .globl  _start
_start:
        la      sp, stack_top
        addi    sp, sp, -16
        sw      ra, 12(sp)
        la      a0, list
        li      a1, list_octets / 4
        call    sort
        li      a0, 100
        call    primes
        la      t0, count
        sw      a0, 0(t0)
        li      a7, 64
        li      a0, 1
        la      a1, greeting
        li      a2, greeting_octets
        ecall
        lw      ra, 12(sp)
        addi    sp, sp, 16
        li      a7, 93
        li      a0, 0
        ecall
        .type   sort, @function
sort:                                   # insertion sort of a1 words at a0
        li      t0, 1
.Louter:
        bgeu    t0, a1, .Lsorted
        slli    t1, t0, 2
        add     t1, t1, a0
        lw      t2, 0(t1)
.Linner:
        beq     t1, a0, .Lplace
        lw      t3, -4(t1)
        ble     t3, t2, .Lplace
        sw      t3, 0(t1)
        addi    t1, t1, -4
        j       .Linner
.Lplace:
        sw      t2, 0(t1)
        addi    t0, t0, 1
        j       .Louter
.Lsorted:
        ret
        .size   sort, .-sort
primes:                                 # how many primes lie below a0
        mv      t0, zero
        li      t1, 2
1:      bge     t1, a0, 4f
        li      t2, 2
2:      bge     t2, t1, 3f
        mv      t3, t1
5:      sub     t3, t3, t2
        bgtz    t3, 5b
        beqz    t3, 6f
        addi    t2, t2, 1
        j       2b
3:      addi    t0, t0, 1
6:      addi    t1, t1, 1
        j       1b
4:      mv      a0, t0
        ret
