# client.s: waits for Enter, asks the server at 10.0.0.2 for the page "/" and prints it.
#
# This is machine code for RISC-V (RV32I), written for Linux. Inside its own memory a program does
# what it likes; for everything beyond (a network, a console) it asks the kernel, with a system
# call:
#
#       number of the call      in a7
#       operands                in a0, a1, a2 ...
#       ecall                   the processor enters the kernel
#       answer                  in a0; below zero it is an error
#
# Registers that keep their meaning from beginning to end:
#
#       s0      the socket
#       s1      end of what has been received so far
#       s2      where in the answer we are reading
#       s3      the length that the server has announced, or -1

        .equ    SYS_CLOSE,      57      # Linux's numbers (asm-generic/unistd.h)
        .equ    SYS_READ,       63
        .equ    SYS_WRITE,      64
        .equ    SYS_EXIT,       93
        .equ    SYS_SOCKET,     198
        .equ    SYS_CONNECT,    203

        .equ    AF_INET,        2       # the Internet, version 4
        .equ    SOCK_STREAM,    1       # a stream of octets: TCP
        .equ    ADDRESS_OCTETS, 16

        .equ    STDIN,          0
        .equ    STDOUT,         1
        .equ    STDERR,         2
        .equ    BUFFER_OCTETS,  16384

        .text
        .globl  _start

# Wait for somebody at the keyboard.

_start:
        li      a0, STDOUT
        la      a1, prompt
        la      a2, prompt_end
        jal     write_all
        li      a0, STDIN               # read(0, key, 1) returns when Enter was pressed
        la      a1, key
        li      a2, 1
        li      a7, SYS_READ
        ecall

# Connect.

        li      a0, AF_INET             # socket(AF_INET, SOCK_STREAM, 0)
        li      a1, SOCK_STREAM
        li      a2, 0
        li      a7, SYS_SOCKET
        ecall
        la      a1, no_socket           # what to say if that failed
        bltz    a0, fail
        mv      s0, a0

        la      a1, address             # connect(s0, address, 16)
        li      a2, ADDRESS_OCTETS      # returns when the three-way handshake is done
        li      a7, SYS_CONNECT
        ecall
        la      a1, no_connection
        bltz    a0, fail

# Ask.

        mv      a0, s0
        la      a1, request
        la      a2, request_end
        jal     write_all
        la      a1, no_answer
        bltz    a0, fail

# Read the whole answer.
# TCP is a stream: one read gives what has arrived, which may be less than all of it. The server
# closes the connection behind its answer ("Connection: close"), and a read that gives 0 octets
# says that this is the end.

        la      s1, answer
read_more:
        mv      a0, s0                  # read(s0, s1, room)
        mv      a1, s1
        la      a2, answer_limit
        sub     a2, a2, s1
        beqz    a2, too_long
        li      a7, SYS_READ
        ecall
        la      a1, no_answer
        bltz    a0, fail
        add     s1, s1, a0
        bnez    a0, read_more

        mv      a0, s0                  # close(s0)
        li      a7, SYS_CLOSE
        ecall

# The status line: HTTP/1.1 200 OK.
# The memory behind the answer is zero, as all of .bss is, so the answer can be read like a text
# that ends with a zero, and no comparison runs beyond it.

        la      a0, answer
        la      a1, version             # "http/1."
        jal     match
        beqz    a0, not_http
        addi    a0, a0, 1               # the digit behind the dot
        la      a1, status_ok           # " 200 "
        jal     match
        beqz    a0, not_ok
        mv      s2, a0

# The header fields: one a line, then an empty line.

        li      s3, -1
next_line:
        mv      a0, s2
        jal     skip_line               # s2: the line after this one
        beqz    a0, not_http            # no empty line at all
        mv      s2, a0
        lbu     t0, 0(s2)
        li      t1, '\r'
        beq     t0, t1, body            # an empty line: CR and LF alone
        la      a1, content_length      # "content-length:"
        jal     match
        beqz    a0, next_line
        jal     number
        mv      s3, a0
        j       next_line

# The body.

body:
        addi    s2, s2, 2               # behind the empty line
        sub     t0, s1, s2              # octets that came
        bltz    s3, print               # no length was announced: all that came
        bltu    t0, s3, cut_short
        add     s1, s2, s3              # not more than was announced
print:
        li      a0, STDOUT
        mv      a1, s2
        mv      a2, s1
        jal     write_all
        li      a0, 0
exit:
        li      a7, SYS_EXIT            # exit(a0) does not return
        ecall

# What can go wrong.

too_long:
        la      a1, long_answer
        j       fail
not_http:
        la      a1, bad_answer
        j       fail
cut_short:
        la      a1, short_answer
        j       fail

not_ok:                                 # show the status line itself
        la      a0, answer
        jal     skip_line
        beqz    a0, not_http
        mv      a2, a0
        la      a1, answer
        j       complain

fail:                                   # a1: a text that ends with a zero
        mv      a2, a1
fail_length:
        lbu     t0, 0(a2)
        beqz    t0, complain
        addi    a2, a2, 1
        j       fail_length
complain:                               # from a1 to before a2
        li      a0, STDERR
        jal     write_all
        li      a0, 1
        j       exit

# Routines.
# Called with `jal`, which leaves the address to return to in ra. They change a and t registers
# only and call nothing but the kernel, so ra stays where it is.

# write_all: writes from a1 to before a2 to descriptor a0. Answers 0, or an error below zero.
# One write may take less than it was offered.
write_all:
        mv      t0, a0
        mv      t1, a2
1:      beq     a1, t1, 2f
        mv      a0, t0
        sub     a2, t1, a1
        li      a7, SYS_WRITE
        ecall
        bltz    a0, 3f
        add     a1, a1, a0
        j       1b
2:      li      a0, 0
3:      ret

# match: does the text at a0 begin with the text at a1? Capitals count as small letters; a1 has
# small letters only and ends with a zero. Answers where a0 goes on, or 0.
match:
        lbu     t0, 0(a1)
        beqz    t0, 2f                  # nothing is left to compare
        lbu     t1, 0(a0)
        addi    t2, t1, -'A'
        li      t3, 26
        bgeu    t2, t3, 1f              # no capital (unsigned: below 'A' is very large)
        addi    t1, t1, 'a'-'A'
1:      bne     t0, t1, 3f
        addi    a0, a0, 1
        addi    a1, a1, 1
        j       match
2:      ret
3:      li      a0, 0
        ret

# skip_line: answers where the line after the one at a0 begins, or 0 when the text ends before.
skip_line:
        lbu     t0, 0(a0)
        beqz    t0, 2f
        addi    a0, a0, 1
        li      t1, '\n'
        bne     t0, t1, skip_line
        ret
2:      li      a0, 0
        ret

# number: answers the decimal number at a0; spaces in front of it are skipped.
number:
        li      t0, 0
        li      t3, ' '
        li      t4, 10
1:      lbu     t1, 0(a0)
        addi    a0, a0, 1
        beq     t1, t3, 1b
2:      addi    t1, t1, -'0'
        bgeu    t1, t4, 3f              # no digit
        slli    t2, t0, 3               # 10 times, without a multiplier: 8 times and twice
        slli    t0, t0, 1
        add     t0, t0, t2
        add     t0, t0, t1
        lbu     t1, 0(a0)
        addi    a0, a0, 1
        j       2b
3:      mv      a0, t0
        ret

# Data.

        .section .rodata

# struct sockaddr_in. Port and address stand in network order, the most significant octet first.
        .balign 4
address:
        .half   AF_INET
        .byte   0, 80                   # port 80
        .byte   10, 0, 0, 2             # 10.0.0.2
        .zero   8

prompt:         .ascii  "Press Enter to fetch http://10.0.0.2/\n"
prompt_end:

request:
        .ascii  "GET / HTTP/1.1\r\n"
        .ascii  "Host: 10.0.0.2\r\n"
        .ascii  "User-Agent: client.s\r\n"
        .ascii  "Connection: close\r\n"
        .ascii  "\r\n"
request_end:

version:        .asciz  "http/1."
status_ok:      .asciz  " 200 "
content_length: .asciz  "content-length:"

no_socket:      .asciz  "client: the kernel gives no socket\n"
no_connection:  .asciz  "client: 10.0.0.2 does not take the connection\n"
no_answer:      .asciz  "client: the connection broke\n"
bad_answer:     .asciz  "client: that was no answer of HTTP/1.1\n"
long_answer:    .asciz  "client: the answer is longer than 16384 octets\n"
short_answer:   .asciz  "client: the answer is shorter than was announced\n"

        .bss
key:            .zero   1
answer:         .zero   BUFFER_OCTETS
answer_limit:   .zero   1               # stays zero, whatever is received
