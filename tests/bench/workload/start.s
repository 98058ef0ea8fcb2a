# Bare: page tables of 4 KiB pages for 4 MiB of RAM (Sv32, each page mapped to itself), then the
# work in supervisor mode. Its answer goes to tohost.
    .section .text.start
    .globl _start
_start:
    la      sp, stack_top
    # The root's entry for 0x80000000 (number 512) leads to the leaves.
    la      t0, root
    la      t1, leaves
    srli    t2, t1, 12
    slli    t2, t2, 10
    ori     t2, t2, 1
    li      t3, 512 * 4
    add     t3, t3, t0
    sw      t2, 0(t3)
    # 1024 leaves: V R W X, and A and D so that nothing is left to mark.
    li      t3, 0x80000000 >> 2
    ori     t3, t3, 0xcf
    li      t4, 1024
1:  sw      t3, 0(t1)
    addi    t1, t1, 4
    addi    t3, t3, 1 << 10
    addi    t4, t4, -1
    bnez    t4, 1b
    # Supervisors may reach everything (PMP), and come back by a call.
    li      t4, -1
    csrw    pmpaddr0, t4
    li      t4, 0x1f
    csrw    pmpcfg0, t4
    srli    t0, t0, 12
    li      t4, 0x80000000
    or      t0, t0, t4
    csrw    satp, t0
    sfence.vma
    la      t0, back
    csrw    mtvec, t0
    la      t0, supervisor
    csrw    mepc, t0
    li      t0, 3 << 11
    csrc    mstatus, t0
    li      t0, 1 << 11
    csrs    mstatus, t0
    mret
supervisor:
    call    work
    ecall
    .balign 4
back:
    # A call from supervisor mode is cause 9; anything else is a failure, too.
    csrr    t0, mcause
    li      t1, 9
    beq     t0, t1, 1f
    li      a0, 99
1:  slli    a0, a0, 1
    ori     a0, a0, 1
    la      t0, tohost
    sw      a0, 0(t0)
    sw      zero, 4(t0)
2:  j       2b

    .section .tohost, "aw"
    .balign 64
    .globl tohost
tohost: .dword 0
    .globl fromhost
fromhost: .dword 0

    .bss
    .balign 4096
root:   .zero 4096
leaves: .zero 4096
    .zero 16384
stack_top:
