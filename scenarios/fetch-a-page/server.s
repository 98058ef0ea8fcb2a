# server.s: a web server for one page, on port 80.
#
# It takes one connection after another: reads the request, answers it, closes. A request for "/"
# gets the page, for another path 404, by another method than GET or HEAD 405, and what is no
# request 400. (RFC 9112. Of the header fields it needs none.)
#
# System calls as in client.s: number in a7, operands from a0 on, ecall, answer in a0.
#
# Registers that keep their meaning:
#
#       s0      the listening socket
#       s1      the socket of the connection at hand
#       s2      end of what has been received of the request
#       s3      end of what has been written of the answer
#       s4      1 when the body stays away (HEAD), else 0
#       s5      the status line to send
#       s6, s7  the page to send: from s6 to before s7

        .equ    SYS_CLOSE,      57
        .equ    SYS_READ,       63
        .equ    SYS_WRITE,      64
        .equ    SYS_EXIT,       93
        .equ    SYS_SOCKET,     198
        .equ    SYS_BIND,       200
        .equ    SYS_LISTEN,     201
        .equ    SYS_ACCEPT,     202

        .equ    AF_INET,        2
        .equ    SOCK_STREAM,    1
        .equ    ADDRESS_OCTETS, 16
        .equ    BACKLOG,        8       # connections that may wait to be accepted
        .equ    ECONNABORTED,   103

        .equ    STDERR,         2
        .equ    REQUEST_OCTETS, 4096
        .equ    ANSWER_OCTETS,  4096

        .text
        .globl  _start

# Open for business.

_start:
        li      a0, AF_INET             # socket(AF_INET, SOCK_STREAM, 0)
        li      a1, SOCK_STREAM
        li      a2, 0
        li      a7, SYS_SOCKET
        ecall
        la      a1, no_socket
        bltz    a0, fail
        mv      s0, a0

        la      a1, address             # bind(s0, address, 16): port 80 is ours
        li      a2, ADDRESS_OCTETS
        li      a7, SYS_BIND
        ecall
        la      a1, no_port
        bltz    a0, fail

        mv      a0, s0                  # listen(s0, 8): who calls is answered from now on
        li      a1, BACKLOG
        li      a7, SYS_LISTEN
        ecall
        la      a1, no_port
        bltz    a0, fail

# One connection after another.

serve:
        mv      a0, s0                  # accept(s0, 0, 0): sleeps until somebody has connected,
        li      a1, 0                   # and gives a socket for that connection alone
        li      a2, 0
        li      a7, SYS_ACCEPT
        ecall
        mv      s1, a0
        bgez    s1, read_request
        li      t0, -ECONNABORTED       # gone before we came to it: the next one
        beq     s1, t0, serve
        la      a1, no_accept
        j       fail

# Read the request: all up to an empty line.

read_request:
        la      s2, request
read_more:
        mv      a0, s1                  # read(s1, s2, room)
        mv      a1, s2
        la      a2, request_limit
        sub     a2, a2, s2
        beqz    a2, bad_request         # longer than we read
        li      a7, SYS_READ
        ecall
        blez    a0, hang_up             # an error, or closed before the request was complete
        add     s2, s2, a0
        sb      zero, 0(s2)             # the text ends here; request_limit has room for it

        la      a0, request             # look for CR LF CR LF
find_end:
        lbu     t0, 0(a0)
        beqz    t0, read_more           # not yet
        la      a1, empty_line
        mv      s3, a0
        jal     match
        bnez    a0, understand
        addi    a0, s3, 1
        j       find_end

# Understand it: GET /path HTTP/1.1.

understand:
        li      s4, 0
        la      a0, request
        la      a1, get
        jal     match
        bnez    a0, path
        la      a0, request
        la      a1, head
        jal     match
        beqz    a0, bad_method
        li      s4, 1

path:                                   # a0: where it begins
        mv      s3, a0
        li      t1, ' '
path_end:
        lbu     t0, 0(a0)
        beq     t0, t1, path_ended
        bltu    t0, t1, bad_request     # a line that ends here, or the text does
        addi    a0, a0, 1
        j       path_end
path_ended:
        la      a1, version
        jal     match
        beqz    a0, bad_request

        mv      a0, s3
        la      a1, root
        jal     match
        bnez    a0, found
        mv      a0, s3
        la      a1, index
        jal     match
        bnez    a0, found

# Which answer.

not_found:
        la      s5, status_404
        la      s6, page_404
        la      s7, page_404_end
        j       reply
found:
        la      s5, status_200
        la      s6, page
        la      s7, page_end
        j       reply
bad_method:
        la      s5, status_405
        la      s6, page_405
        la      s7, page_405_end
        j       reply
bad_request:
        li      s4, 0
        la      s5, status_400
        la      s6, page_400
        la      s7, page_400_end

# Write the answer: status line, header fields, empty line, page.

reply:
        la      s3, answer
        mv      a0, s5
        jal     append
        la      a0, fields              # ends with "Content-Length: "
        jal     append
        sub     a0, s7, s6              # the length of the page
        jal     append_number
        la      a0, empty_line
        jal     append

        bnez    s4, send                # HEAD: the page stays away
copy_page:
        beq     s6, s7, send
        lbu     t0, 0(s6)
        sb      t0, 0(s3)
        addi    s6, s6, 1
        addi    s3, s3, 1
        j       copy_page

send:
        la      a1, answer
send_more:
        beq     a1, s3, hang_up         # all of it is on its way
        mv      a0, s1                  # write(s1, a1, rest)
        sub     a2, s3, a1
        li      a7, SYS_WRITE
        ecall
        bltz    a0, hang_up             # the client has gone
        add     a1, a1, a0
        j       send_more

hang_up:
        mv      a0, s1                  # close(s1): the end of the answer
        li      a7, SYS_CLOSE
        ecall
        j       serve

# What can go wrong.

fail:                                   # a1: a text that ends with a zero
        mv      a2, a1
1:      lbu     t0, 0(a2)
        addi    a2, a2, 1
        bnez    t0, 1b
        addi    a2, a2, -1
        sub     a2, a2, a1              # write(2, a1, length)
        li      a0, STDERR
        li      a7, SYS_WRITE
        ecall
        li      a0, 1                   # exit(1)
        li      a7, SYS_EXIT
        ecall

# Routines.
# They change a and t registers only, besides s3 where it says so.

# match: does the text at a0 begin with the text at a1, which ends with a zero? Answers where a0
# goes on, or 0. Capitals and small letters differ, as methods and paths want it.
match:
        lbu     t0, 0(a1)
        beqz    t0, 1f
        lbu     t1, 0(a0)
        bne     t0, t1, 2f
        addi    a0, a0, 1
        addi    a1, a1, 1
        j       match
1:      ret
2:      li      a0, 0
        ret

# append: copies the text at a0, which ends with a zero, to s3, and moves s3 behind it.
append:
        lbu     t0, 0(a0)
        beqz    t0, 1f
        sb      t0, 0(s3)
        addi    a0, a0, 1
        addi    s3, s3, 1
        j       append
1:      ret

# append_number: writes a0 (0 to 99999) in decimal to s3, and moves s3 behind it. RV32I cannot
# divide, so each digit is how often a power of ten can be taken away.
append_number:
        la      a1, powers
        li      t2, 0                   # has a digit other than 0 been written?
1:      lw      t0, 0(a1)
        addi    a1, a1, 4
        li      t1, '0'
2:      bltu    a0, t0, 3f
        sub     a0, a0, t0
        addi    t1, t1, 1
        j       2b
3:      li      t3, 1
        beq     t0, t3, 4f              # the last digit is always written
        addi    t4, t1, -'0'
        or      t2, t2, t4
        beqz    t2, 1b                  # a zero in front
4:      sb      t1, 0(s3)
        addi    s3, s3, 1
        bne     t0, t3, 1b
        ret

# Data.

        .section .rodata

        .balign 4
powers: .word   10000, 1000, 100, 10, 1

# struct sockaddr_in: any of our addresses, port 80 in network order.
address:
        .half   AF_INET
        .byte   0, 80
        .byte   0, 0, 0, 0
        .zero   8

get:            .asciz  "GET "
head:           .asciz  "HEAD "
version:        .asciz  " HTTP/1."
root:           .asciz  "/ "
index:          .asciz  "/index.html "
empty_line:     .asciz  "\r\n\r\n"

status_200:     .asciz  "HTTP/1.1 200 OK\r\n"
status_400:     .asciz  "HTTP/1.1 400 Bad Request\r\n"
status_404:     .asciz  "HTTP/1.1 404 Not Found\r\n"
status_405:     .asciz  "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\n"
fields:
        .ascii  "Server: server.s\r\n"
        .ascii  "Connection: close\r\n"
        .ascii  "Content-Type: text/html; charset=utf-8\r\n"
        .asciz  "Content-Length: "

page:
        .ascii  "<!doctype html>\n"
        .ascii  "<html lang=\"en\">\n"
        .ascii  "<title>Hello from Computer B</title>\n"
        .ascii  "<h1>It works</h1>\n"
        .ascii  "<p>Every octet of this page was put here by an instruction of Computer B,\n"
        .ascii  "went through its kernel, its network interface and a cable, and was read by\n"
        .ascii  "an instruction of Computer A.</p>\n"
        .ascii  "</html>\n"
page_end:
page_400:       .ascii  "<!doctype html>\n<title>400</title>\n<h1>That is no request</h1>\n"
page_400_end:
page_404:       .ascii  "<!doctype html>\n<title>404</title>\n<h1>There is no such page</h1>\n"
page_404_end:
page_405:       .ascii  "<!doctype html>\n<title>405</title>\n<h1>Only GET and HEAD</h1>\n"
page_405_end:

no_socket:      .asciz  "server: the kernel gives no socket\n"
no_port:        .asciz  "server: port 80 cannot be had\n"
no_accept:      .asciz  "server: accept failed\n"

        .bss
request:        .zero   REQUEST_OCTETS
request_limit:  .zero   1               # room for the zero behind a full request
answer:         .zero   ANSWER_OCTETS
