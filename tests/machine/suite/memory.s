# Loads and stores of all widths, at all alignments (volume I, §2.6; misaligned ones are done).
        .include "common/check.s"

        .macro  load name, result, offset
        case
        la      a0, octets
        \name   a1, \offset(a0)
        same    a1, \result
        .endm

# What a store leaves in the two words behind `room`.
        .macro  store name, value, offset, low, high
        case
        la      a0, room
        li      a1, 0x11111111
        sw      a1, 0(a0)
        sw      a1, 4(a0)
        li      a1, \value
        \name   a1, \offset(a0)
        lw      a2, 0(a0)
        same    a2, \low
        lw      a2, 4(a0)
        same    a2, \high
        .endm

        load    lb, 1, 0
        load    lb, -2, 1
        load    lb, -128, 2
        load    lb, 127, 3
        load    lbu, 254, 1
        load    lbu, 128, 2
        load    lh, -511, 0
        load    lh, -32514, 1
        load    lh, 32640, 2
        load    lh, -32641, 3
        load    lhu, 0xfe01, 0
        load    lhu, 0x80fe, 1
        load    lhu, 0x807f, 3
        load    lw, 0x7f80fe01, 0
        load    lw, 0x807f80fe, 1
        load    lw, 0x45807f80, 2
        load    lw, 0x2345807f, 3
        load    lw, 0x01234580, 4
        load    lbu, 0xaa, -1

        store   sb, 0x1ee, 0, 0x111111ee, 0x11111111
        store   sb, 0xee, 3, 0xee111111, 0x11111111
        store   sh, 0x1ccee, 0, 0x1111ccee, 0x11111111
        store   sh, 0xccee, 1, 0x11ccee11, 0x11111111
        store   sh, 0xccee, 3, 0xee111111, 0x111111cc
        store   sw, 0xaabbccdd, 0, 0xaabbccdd, 0x11111111
        store   sw, 0xaabbccdd, 1, 0xbbccdd11, 0x111111aa
        store   sw, 0xaabbccdd, 2, 0xccdd1111, 0x1111aabb
        store   sw, 0xaabbccdd, 3, 0xdd111111, 0x11aabbcc

# Code that was written runs after FENCE.I (volume I, §6.1).
        case
        la      a0, patch
        li      a1, 0x00700593          # li a1, 7
        sw      a1, 0(a0)
        fence.i
        jal     changed
        same    a1, 7
        case
        la      a0, patch
        li      a1, 0x00900593          # li a1, 9
        sw      a1, 0(a0)
        fence
        fence   r, w
        fence.tso
        fence.i
        jal     changed
        same    a1, 9
        j       pass

        .balign 4
changed:
patch:  .word   0x00100593
        ret

        .data
        .balign 4
        .byte   0, 0, 0, 0xaa
octets: .word   0x7f80fe01, 0x01234580
room:   .word   0, 0, 0
