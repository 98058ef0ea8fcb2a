/** What five hundred conversations at once show: distance, and that they do not meet. */
import type { Chapter, Pattern } from '../../simulator';

const frame = (from: string, carries: NonNullable<Pattern['frame']>): Pattern => ({
  see: 'move',
  kind: 'frame',
  from: `${from}.nic`,
  frame: carries,
});

const printed = (host: string): Pattern => ({ see: 'move', kind: 'print', to: `${host}.console` });

export const chapters: readonly Chapter[] = [
  {
    id: 'a-thousand-computers',
    title: 'A thousand computers',
    text: 'Five hundred pairs, each with a [cable](term:cable) of its own: the first is 20 m long, each next one 40 m longer, the last nearly 20 km. All are switched on at the same time, and every A sends its B two [echo requests](term:echo-request).\n\nOne look is enough for one conversation. Here look for what is the same in all, and for what is not.',
    stop: 'start',
    room: null,
    focus: [],
    grain: 'event',
  },
  {
    id: 'everybody-asks',
    title: 'Everybody asks at once',
    text: 'The same program on the same computer does the same thing at the same time: five hundred [ARP](term:arp) requests leave together.',
    stop: { coarse: frame('a500', { ARP: {} }) },
    room: null,
    focus: ['a1.nic', 'a500.nic'],
    grain: 'event',
    prediction: {
      ask: 'Of the five hundred B, how many have sent their ARP reply when the first echo reply leaves B1?',
      question: {
        kind: 'number',
        of: {
          count: { see: 'move', kind: 'frame', frame: { ARP: {} } },
          until: frame('b1', { ICMP: {} }),
        },
        unit: 'replies',
        tolerance: 20,
      },
      because:
        'B1 needs some 30 µs to hear the echo request and to answer it. In that time ARP requests have come as far as some kilometres. All computers work at the same speed; only the distance makes the difference.',
    },
  },
  {
    id: 'the-nearest',
    title: 'The nearest is done',
    text: 'A1 has its answer. On the long cables the question is still under way: a signal needs 5 ns for each metre, whoever sends it.',
    stop: { coarse: printed('a1') },
    room: null,
    focus: ['a1.display'],
    grain: 'event',
    prediction: {
      ask: 'How many microseconds from now will A500, whose cable is 20 km long, print its answer?',
      question: {
        kind: 'number',
        of: { timeTo: printed('a500') },
        unit: 'µs',
        divisor: 1000,
        tolerance: 100,
      },
      because:
        'The cable is passed four times, twice for [ARP](term:arp) and twice for the echo, at 100 µs each. Computing takes both pairs equally long.',
    },
  },
  {
    id: 'the-farthest',
    title: 'The farthest is done',
    text: 'The pairs did not wait for each other: no cable is shared, so nobody is in the way. Cut one of them and compare: nobody else notices. With one wire for all it would be different.',
    stop: { coarse: printed('a500') },
    room: null,
    focus: ['a500.display'],
    grain: 'event',
  },
];
