/** The story of three pings: why the first takes longer, and what the number at the end measures. */
import type { Chapter, Pattern } from '../../simulator';

const frame = (from: 'client' | 'server', carries: NonNullable<Pattern['frame']>): Pattern => ({
  see: 'move',
  kind: 'frame',
  from: `${from}.nic`,
  frame: carries,
});

const called = (name: string): Pattern => ({
  see: 'note',
  kind: 'called',
  part: 'client.os',
  what: { 'call.kind': name },
});

export const chapters: readonly Chapter[] = [
  {
    id: 'are-you-there',
    title: 'Are you there?',
    text: 'A ping is the shortest talk that two computers can have. A asks B “are you there?”, B says “yes”, and A looks at the clock. Three times, a millisecond apart.\n\nThe question is an [echo request](term:echo-request) of ICMP (RFC 792). It needs no program on B: the [kernel](term:kernel) there answers by itself.',
    stop: 'start',
    room: null,
    focus: ['client.os', 'server.os'],
    grain: 'frame',
  },
  {
    id: 'the-question',
    title: 'The program asks its kernel',
    text: '`ping` hands its [kernel](term:kernel) 64 [octets](term:octet): eight of ICMP header, and 56 that mean nothing and will come back as they are. The clock runs from here on.',
    stop: { coarse: called('sendto') },
    room: 'client.os',
    focus: ['client.os'],
    grain: 'frame',
    prediction: {
      ask: 'How many frames go over the cable, both ways together, before the first echo reply leaves B?',
      question: {
        kind: 'number',
        of: {
          count: { see: 'move', kind: 'frame' },
          until: frame('server', { ICMP: {} }),
        },
        unit: 'frames',
      },
      because:
        'Two for [ARP](term:arp) (“who has 10.0.0.2?”, and the answer), then the echo request. The reply itself is the fourth.',
    },
  },
  {
    id: 'the-detour',
    title: 'First a detour',
    text: 'A does not know yet to which [MAC address](term:mac-address) 10.0.0.2 belongs, so it asks everybody on the cable. The echo request waits in the kernel until the answer is here. That is why the first ping takes longest.',
    stop: { coarse: frame('client', { ARP: {} }), stand: 'halfway' },
    room: 'cable',
    focus: ['cable'],
    grain: 'frame',
  },
  {
    id: 'who-answers',
    title: 'Who answers?',
    text: 'The echo request has arrived at B: it is in the memory of B’s [network interface](term:nic), its checksums are right, and it is about to be copied into [RAM](term:ram).',
    stop: {
      coarse: { see: 'note', kind: 'arrived', part: 'cable', frame: { ICMP: {} } },
    },
    room: null,
    focus: ['server.nic'],
    grain: 'event',
    prediction: {
      ask: 'Press the part of Computer B that makes the answer.',
      question: {
        kind: 'part',
        fits: { see: 'note', kind: 'sent', part: 'server.os' },
      },
      because:
        'The kernel: it turns the request into a reply (type 8 becomes type 0, the checksum follows) and hands it to the driver. No process of B runs for it; B has none.',
    },
  },
  {
    id: 'the-answer',
    title: 'The answer is back',
    text: 'The reply is here, `ping` is woken and looks at the clock again. What it prints is the **round-trip time**: the way there, B’s kernel, the way back, and both interrupts. The cable itself took a small part of it. Make the cable longer below, and see how far that has to go until it matters.',
    stop: { after: 'who-answers', coarse: { see: 'move', kind: 'print', to: 'client.console' } },
    room: 'client.display',
    focus: ['client.display'],
    grain: 'frame',
    prediction: {
      ask: 'In how many microseconds from now will the next echo reply leave Computer B?',
      question: {
        kind: 'number',
        of: { timeTo: frame('server', { ICMP: {} }) },
        unit: 'µs',
        divisor: 1000,
        tolerance: 100,
      },
      because:
        'Pings leave a millisecond apart, so it is nearly a whole millisecond from here: nothing happens on the cable for 98 % of the time. A network that is idle most of the time is the rule, not the exception.',
    },
  },
  {
    id: 'the-second',
    title: 'The second is quicker',
    text: 'No detour this time: A has kept B’s [MAC address](term:mac-address). Compare the two times on the display.',
    stop: { coarse: { see: 'move', kind: 'print', to: 'client.console' } },
    room: 'client.display',
    focus: ['client.display'],
    grain: 'frame',
  },
];
