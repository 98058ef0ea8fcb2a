/** The story of 20,000 octets: a connection, a stream cut into segments, and its end. */
import type { Chapter, Pattern } from '../../simulator';

const segment = (from: 'client' | 'server'): Pattern => ({
  see: 'move',
  kind: 'frame',
  from: `${from}.nic`,
  frame: { TCP: {} },
});

export const chapters: readonly Chapter[] = [
  {
    id: 'four-programs',
    title: 'One client, three servers',
    text: 'Computer B serves the web on [port](term:port) 80, _echo_ on 7, and _discard_ on 9, which throws everything away. Computer A will send it 20,000 [octets](term:octet): no program is in the way, so what you see is what TCP does.',
    stop: 'start',
    room: null,
    focus: ['client.os', 'server.os'],
    grain: 'call',
  },
  {
    id: 'the-handshake',
    title: 'Three segments first',
    text: 'A connection begins with three [segments](term:segment) in which there is no octet of data.',
    stop: { coarse: segment('client'), stand: 'halfway' },
    room: 'cable',
    focus: ['cable'],
    grain: 'frame',
    prediction: {
      ask: 'The program will write 20,000 octets, close, and end. How many more frames will have left Computer A by the time that it has ended?',
      question: {
        kind: 'number',
        of: {
          count: segment('client'),
          until: { see: 'note', kind: 'exited', part: 'client.os' },
        },
        unit: 'frames',
      },
      because:
        '`write` says only that the [kernel](term:kernel) took the octets; it goes on sending them when the program is gone.',
    },
  },
  {
    id: 'cut-into-segments',
    title: 'Cut into segments',
    text: 'Its [kernel](term:kernel) cuts the stream into pieces of 1,460 octets, as much as a full frame holds behind 54 octets of headers.',
    stop: {
      after: 'the-handshake',
      coarse: { see: 'note', kind: 'arrived', part: 'cable', frame: { TCP: {} } },
      nth: 4,
    },
    room: 'client.os',
    focus: ['client.os', 'cable'],
    grain: 'frame',
  },
  {
    id: 'both-are-done',
    title: 'Both have said everything',
    text: 'Computer A, who closed first, keeps the connection for a while in TIME-WAIT: an old segment may still be about, and its last acknowledgment may have been lost. B has forgotten it already.',
    stop: {
      coarse: {
        see: 'note',
        kind: 'tcp',
        part: 'client.os',
        what: { 'note.kind': 'changed', 'note.to': 'TIME-WAIT' },
      },
    },
    room: 'client.os',
    focus: ['client.os', 'server.os'],
    grain: 'call',
  },
];
