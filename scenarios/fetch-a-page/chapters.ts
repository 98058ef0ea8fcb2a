/** The tour: from Enter on Computer A's keyboard to the page on its display. */
import type { Chapter, Pattern } from '../../simulator';

const frame = (from: 'client' | 'server', carries: NonNullable<Pattern['frame']>): Pattern => ({
  see: 'move',
  kind: 'frame',
  from: `${from}.nic`,
  frame: carries,
});

const interrupt = (line: 'console' | 'nic' | 'timer'): Pattern => ({
  see: 'move',
  kind: 'interrupt',
  from: 'client',
  what: { line },
});

/** The server has the request in its memory and goes on. */
const requestRead: Pattern = {
  see: 'note',
  kind: 'returned',
  part: 'server.os',
  what: { call: 'read', name: 'server' },
};

export const chapters: readonly Chapter[] = [
  {
    id: 'two-computers',
    title: 'Two computers and a cable',
    text: 'Computer A, on one side, runs a program called `client`. Computer B runs one called `server`. Between them is a single Ethernet cable. In the next 350 millionths of a second a page will travel from B to A, and you will see **everything** that happens for that.\n\nNothing here is a recording: both machines are simulated down to the gates of their arithmetic. Press any part at any time to look inside; the way back to this story stays here.',
    stop: 'start',
    room: null,
    focus: ['client.cpu', 'cable', 'server.cpu'],
    grain: 'call',
  },
  {
    id: 'waiting',
    title: 'Both programs wait',
    text: 'Both programs have started. `client` has printed a line on its display and asked its [kernel](term:kernel) for a key; `server` has asked to be told when somebody connects. Neither can go on, so the [scheduler](term:scheduler) has nothing to run and both processors sleep. They do not look again and again whether something has come: they stand still.',
    stop: {
      coarse: { see: 'note', kind: 'blocked', part: 'server.os', what: { call: 'accept' } },
    },
    room: 'client.os',
    focus: ['client.os', 'server.os'],
    grain: 'call',
    prediction: {
      ask: 'Computer A’s processor sleeps. What wakes it?',
      question: {
        kind: 'choice',
        options: [
          { label: 'The timer: it looks for keys every so often', fits: interrupt('timer') },
          { label: 'A frame that comes in over the cable', fits: interrupt('nic') },
          { label: 'The keyboard: it raises a line to the processor', fits: interrupt('console') },
          {
            label: 'The program: it asks the kernel again',
            fits: { see: 'move', kind: 'call', from: 'client.cpu' },
          },
        ],
      },
      because:
        'A device that has something to say raises its **interrupt** line. The processor then leaves what it does (here: sleep) and runs the kernel. Until then it need not ask, and uses no energy on asking.',
    },
  },
  {
    id: 'enter',
    title: 'Somebody presses Enter',
    text: 'One key, one [octet](term:octet) (a byte, eight bits): 0x0a, a line feed. It lies in a register of the console now, and the console’s line to the processor goes up. Nothing else has happened yet: no program has read it.',
    stop: { coarse: { see: 'move', kind: 'key', from: 'client.keyboard' } },
    room: null,
    focus: ['client.keyboard'],
    grain: 'event',
  },
  {
    id: 'interrupt',
    title: 'An interrupt',
    text: 'An [interrupt](term:interrupt) makes the processor leave whatever it does, save where it was, and go on in the kernel. The kernel takes the octet out of the console, shows it on the display (that is the echo), and finds that `client` was waiting for just that: it is *ready* again.\n\nA moment later the processor is back in [user mode](term:user-mode), behind the very instruction with which `client` had asked.',
    stop: { coarse: interrupt('console') },
    room: 'client.os',
    focus: ['client.os', 'client.cpu'],
    grain: 'call',
  },
  {
    id: 'system-call',
    title: 'A system call',
    text: '`client` wants a connection to 10.0.0.2, port 80. A program cannot touch the network interface: its memory ends where its own data ends. It can only **ask**. It puts a number (203, `connect`) into register a7, the operands into a0 to a2, and executes `ecall`. The processor enters the kernel: that is a [system call](term:system-call).\n\nThe kernel cannot send to 10.0.0.2 yet: it does not know which [MAC address](term:mac-address) that is.',
    stop: {
      coarse: { see: 'move', kind: 'call', from: 'client.cpu', what: { name: 'connect' } },
    },
    room: 'client.os',
    focus: ['client.cpu', 'client.os'],
    grain: 'call',
    prediction: {
      ask: 'In which order do these frames go over the cable?',
      question: {
        kind: 'order',
        options: [
          { label: 'A: “Hello, I want to connect” (TCP SYN)', fits: frame('client', { TCP: {} }) },
          {
            label: 'B: “I am 10.0.0.2, here is my MAC address”',
            fits: frame('server', { ARP: {} }),
          },
          { label: 'A: “Who has 10.0.0.2?” to everybody', fits: frame('client', { ARP: {} }) },
          { label: 'B: “Welcome, I am listening” (SYN, ACK)', fits: frame('server', { TCP: {} }) },
        ],
      },
      because:
        'A [frame](term:frame) needs the MAC address of the next machine. So address resolution (**ARP**, RFC 826) comes first, and the packet that started it all waits in the kernel meanwhile.',
    },
  },
  {
    id: 'octets-on-the-cable',
    title: 'Octets on the cable',
    text: 'Halfway: the first frame is on the cable. It is the question “who has 10.0.0.2?”, 64 octets long, and goes to everybody. At 100 Mbit/s a bit takes 10 ns to leave, and each of them runs along the cable at two thirds of the speed of light. Press the frame to drop it, or to flip a bit of it.\n\nThe list beside shows the octets, and what each of them means.',
    stop: { coarse: frame('client', { ARP: {} }), stand: 'halfway' },
    room: 'cable',
    focus: ['cable'],
    grain: 'frame',
  },
  {
    id: 'handshake',
    title: 'A connection',
    text: 'Three [segments](term:segment) later (SYN; SYN and ACK; ACK) both kernels agree that there is a connection, and with which number the octets of each side begin. That agreement is all that a TCP connection is: **state in two kernels**. The cable knows nothing of it.',
    stop: {
      coarse: {
        see: 'note',
        kind: 'tcp',
        part: 'client.os',
        what: { 'note.kind': 'changed', 'note.to': 'ESTABLISHED' },
      },
    },
    room: 'client.os',
    focus: ['client.os', 'server.os'],
    grain: 'frame',
  },
  {
    id: 'the-request',
    title: 'The request',
    text: '`client` writes its request: five lines of text, 75 octets in all. Its kernel makes a segment of them, the segment goes into a [packet](term:packet), the packet into a frame. Each layer puts a header of its own in front; the network interface adds four octets behind, by which the other side sees whether anything was damaged.',
    stop: {
      coarse: {
        see: 'note',
        kind: 'called',
        part: 'client.os',
        what: { 'call.kind': 'write', 'call.fd': 3 },
      },
    },
    room: null,
    focus: ['client.os', 'client.nic'],
    grain: 'event',
    prediction: {
      ask: 'The program wrote 75 octets. How long is the frame that carries them?',
      question: {
        kind: 'number',
        of: { value: frame('client', { HTTP: {} }), at: 'octets.length' },
        unit: 'octets',
      },
      because:
        '20 octets of TCP header, 20 of IPv4, 14 of Ethernet, and 4 of checksum behind: 58 octets say where the other 75 go. (The 8 that go ahead of it on the cable, so that the receiver finds the beginning, do not count as part of the frame.)',
    },
  },
  {
    id: 'arrival',
    title: 'The network interface knocks',
    text: 'The frame has reached Computer B. The [network interface](term:nic) has checked it, copied it into [RAM](term:ram) by itself ([DMA](term:dma)), and now raises **its** interrupt line. The kernel of B unpacks what A’s kernel packed: frame, packet, segment, and at last 75 octets for the program that waits for them.',
    stop: {
      coarse: {
        see: 'note',
        kind: 'tcp',
        part: 'server.os',
        what: { 'note.kind': 'received', 'note.lengthOctets': 75 },
      },
    },
    room: 'server.nic',
    focus: ['server.nic', 'server.ram', 'server.os'],
    grain: 'event',
  },
  {
    id: 'one-instruction',
    title: 'One instruction',
    text: '`server` runs again: its `read` has returned, and register a0 holds 75, the number of octets that came. A [register](term:register) is one of the processor’s 32 places for a number. In the CPU of Computer B the [control unit](term:control-unit) is about to fetch the next [instruction](term:instruction), `add s2, s2, a0`. Before it begins, think what it will change.',
    stop: {
      coarse: requestRead,
      after: 'the-request',
      then: { see: 'move', kind: 'word', from: 'server.cpu.bus.data', to: 'server.cpu.ir' },
      thenNth: 2,
      stand: 'before',
    },
    room: 'server.cpu',
    focus: ['server.cpu'],
    grain: 'micro',
    prediction: {
      ask: 'Mark every register that has another value after `add s2, s2, a0`.',
      question: {
        kind: 'cells',
        of: { kind: 'registers', host: 'server' },
        changedBy: { see: 'move', kind: 'register', from: 'server.cpu.result', fine: true },
      },
      because:
        'Only s2: the first name in the instruction is where the result goes. a0 is read and keeps its 75. (The program counter goes on, too, but it is none of the 32 registers.) Now s2 is the address behind the request.',
    },
  },
  {
    id: 'an-addition',
    title: 'An addition in the ALU',
    text: 'Here it happens: 75 and the old s2 stand at the inputs of the [ALU](term:alu), and the sum comes out. It is no formula in this program: 32 full adders, each out of five gates, hand a carry from the lowest bit to the highest. The room beside shows every one of them.',
    stop: {
      coarse: requestRead,
      after: 'the-request',
      then: { see: 'move', kind: 'operand', from: 'server.cpu.b', to: 'server.cpu.alu.b' },
      thenNth: 2,
    },
    room: 'server.alu',
    focus: ['server.alu'],
    grain: 'micro',
  },
  {
    id: 'the-bus',
    title: 'A word over the bus',
    text: 'The next instruction puts a zero behind the request, so that the text ends somewhere. The address goes out on the address lines of the [bus](term:bus), the word on its data lines, and RAM keeps it. Every instruction and every octet that a program has passes over these lines.',
    stop: {
      coarse: requestRead,
      after: 'the-request',
      then: { see: 'move', kind: 'word', from: 'server.cpu.b', to: 'server.cpu.bus.data' },
    },
    room: 'server.cpu',
    focus: ['server.cpu', 'server.ram'],
    grain: 'micro',
  },
  {
    id: 'the-answer',
    title: 'The answer is on its way',
    text: 'Some 3,800 such instructions later `server` has read the request, compared it, and written status line, headers and page: 397 octets. They are on the cable now.',
    stop: { after: 'arrival', coarse: frame('server', { HTTP: {} }), stand: 'halfway' },
    room: 'cable',
    focus: ['cable'],
    grain: 'frame',
    prediction: {
      ask: 'Who notices, and sends what?',
      given: {
        words: 'this frame is lost',
        deeds: [{ kind: 'fault', cable: 'cable', fault: { kind: 'drop' }, frame: 7 }],
      },
      question: {
        kind: 'choice',
        options: [
          {
            label: 'Computer A asks for the page again',
            fits: frame('client', { HTTP: {} }),
          },
          {
            label: 'Computer B sends the same octets again, by itself',
            fits: frame('server', { HTTP: {} }),
          },
          {
            label: 'Nobody: the client gives up with an error',
            fits: { see: 'note', kind: 'exited', part: 'client.os' },
          },
        ],
      },
      because:
        'The kernel of B keeps what it sent until A has acknowledged it. When no acknowledgment comes in time it sends it again. A cannot ask for what it does not know was sent; neither program notices anything but the delay.',
    },
  },
  {
    id: 'the-page',
    title: 'The page is there',
    text: 'A’s network interface, A’s kernel, then `client`: it looks for the empty line behind the headers, compares the announced length with what came, and writes the page to its display.\n\nOne key, thirteen frames, five thousand instructions, a third of a millisecond. **Now it is your turn:** go back to any moment, drop a frame, cut the cable, slow the clock down, or edit one of the two programs.',
    stop: {
      after: 'the-answer',
      coarse: { see: 'move', kind: 'print', to: 'client.console' },
    },
    room: null,
    focus: ['client.display'],
    grain: 'call',
  },
];
