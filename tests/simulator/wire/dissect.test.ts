import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dissect, summarise, type Layer } from '../../../simulator/wire/dissect';
import * as ethernet from '../../../simulator/wire/ethernet';
import { CAPTURED, captured, fromHex } from './captured';

const SUMMARIES: { readonly [name: string]: string } = {
  'ARP request': 'ARP who has 10.0.0.2? tell 10.0.0.1',
  'ARP reply': 'ARP 10.0.0.2 is at 02:00:00:00:00:0b',
  'ICMP echo request': 'ICMP echo request id 7 seq 1',
  'ICMP echo reply': 'ICMP echo reply id 7 seq 1',
  'UDP to a closed port': 'UDP 4000 → 9 len 5',
  'ICMP port unreachable': 'ICMP destination unreachable: port unreachable',
  'TCP SYN': 'TCP 49152 → 80 [SYN] seq 2720390049 win 64240 len 0',
  'TCP SYN ACK': 'TCP 80 → 49152 [SYN, ACK] seq 2906049249 ack 2720390050 win 64240 len 0',
  'HTTP request': 'HTTP GET /',
  'HTTP response': 'HTTP 200 OK',
  'TCP FIN of the client':
    'TCP 49152 → 80 [FIN, ACK] seq 2720390122 ack 2906049291 win 64199 len 0',
  'TCP RST': 'TCP 81 → 49153 [RST, ACK] seq 0 ack 535783849 win 0 len 0',
};

test.each(Object.entries(SUMMARIES))('%s', (name, summary) => {
  expect(summarise(ethernet.seal(captured(name)))).toBe(summary);
  expect(summarise(captured(name), false)).toBe(summary);
});

/** `name: value` of the fields of a layer. */
function fieldsOf(layers: readonly Layer[], name: string): string[] {
  const layer = layers.find((some) => some.name === name);
  return (layer?.fields ?? []).map((field) => `${field.name}: ${field.value}`);
}

test('a SYN, field by field', () => {
  const layers = dissect(ethernet.seal(captured('TCP SYN')));
  expect(layers.map(({ name }) => name)).toEqual(['Ethernet II', 'IPv4', 'TCP']);
  expect(fieldsOf(layers, 'Ethernet II')).toEqual([
    'Destination: 02:00:00:00:00:0b',
    'Source: 02:00:00:00:00:0a',
    'Type: 0x0800 (IPv4)',
    'Padding: 2 octets: 00 00',
    'Frame check sequence: 0xa9abd570, right',
  ]);
  expect(fieldsOf(layers, 'IPv4')).toEqual([
    'Version: 4',
    'Header length: 5 words (20 octets)',
    'DSCP: 0',
    'ECN: 0',
    'Total length: 44',
    'Identification: 0x9fb0',
    'Reserved: 0',
    'Don’t fragment: yes',
    'More fragments: no',
    'Fragment offset: 0',
    'Time to live: 64',
    'Protocol: 6 (TCP)',
    'Header checksum: 0x8719, right',
    'Source: 10.0.0.1',
    'Destination: 10.0.0.2',
  ]);
  expect(fieldsOf(layers, 'TCP').filter((field) => !field.endsWith(': no'))).toEqual([
    'Source port: 49152',
    'Destination port: 80',
    'Sequence number: 2720390049',
    'Acknowledgment number: 0',
    'Data offset: 6 words (24 octets)',
    'Reserved: 0',
    'SYN: yes',
    'Window: 64240',
    'Checksum: 0x4b1b, right',
    'Urgent pointer: 0',
    'Maximum segment size: 1460',
  ]);
});

test('fields smaller than an octet know their bits', () => {
  const [, packet, segment] = dissect(captured('TCP SYN'), false);
  const where = (layer: Layer | undefined, name: string): unknown => {
    const found = layer?.fields.find((field) => field.name === name);
    return found === undefined ? null : [found.from, found.to, found.bits];
  };
  expect(where(packet, 'Header length')).toEqual([14, 15, [4, 8]]);
  expect(where(packet, 'Don’t fragment')).toEqual([20, 21, [1, 2]]);
  expect(where(packet, 'Fragment offset')).toEqual([20, 22, [3, 16]]);
  expect(where(packet, 'Time to live')).toEqual([22, 23, null]);
  expect(where(segment, 'SYN')).toEqual([47, 48, [6, 7]]);
});

test('an HTTP message line by line', () => {
  const layers = dissect(captured('HTTP response'), false);
  expect(fieldsOf(layers, 'HTTP')).toEqual([
    'Version: HTTP/1.1',
    'Status: 200',
    'Reason: OK',
    'Content-Length: 3',
    'Empty line: ',
    'Body: 3 octets: "hi\\n"',
  ]);
});

test('a quoted packet is shown, and its being cut short is not wrong', () => {
  const whole = captured('ICMP port unreachable');
  const short = whole.slice(0, 14 + 20 + 8 + 20 + 4);
  for (const frame of [whole, short]) {
    const layers = dissect(frame, false).slice(2);
    expect(layers.map(({ name }) => name)).toContain('IPv4 (quoted)');
    expect(layers.map(({ name }) => name)).toContain('UDP (quoted)');
    expect(layers.slice(1).every(({ wrong }) => wrong === null)).toBe(true);
  }
});

describe('what is wrong', () => {
  const SYN = ethernet.seal(captured('TCP SYN'));
  /** With one octet changed, and the FCS made right again if `mended`. */
  function damaged(at: number, value: number, mended: boolean): Uint8Array {
    const copy = SYN.slice();
    copy[at] = value;
    if (mended) ethernet.writeFcs(copy);
    return copy;
  }
  test.each([
    { what: 'the frame check sequence is wrong', frame: damaged(0, 3, false) },
    { what: 'the version is not 4', frame: damaged(14, 0x65, true) },
    { what: 'the header length is below 5', frame: damaged(14, 0x44, true) },
    { what: 'the packet is cut short', frame: captured('TCP SYN').subarray(0, 57), bare: true },
    { what: 'the header checksum is wrong', frame: damaged(22, 63, true) },
    { what: 'the TCP checksum is wrong', frame: damaged(49, 0, true) },
    { what: 'the header is cut short', frame: SYN.subarray(0, 17) },
    { what: 'the header is cut short', frame: SYN.subarray(0, 3) },
    { what: 'operation 9 is neither request nor reply', frame: operation(9) },
    { what: 'the frame is shorter than 64 octets', frame: runt() },
  ])('$what', ({ what, frame, bare }) => {
    expect(summarise(frame, bare !== true)).toContain(what);
  });

  function operation(code: number): Uint8Array {
    const frame = ethernet.seal(captured('ARP request'));
    frame[21] = code;
    ethernet.writeFcs(frame);
    return frame;
  }
  function runt(): Uint8Array {
    const frame = new Uint8Array(60);
    frame.set(captured('ARP request'));
    ethernet.writeFcs(frame);
    return frame;
  }

  test('a wrong checksum says what is right', () => {
    const frame = damaged(24, 0, true);
    const field = dissect(frame)[1]?.fields.find(({ name }) => name === 'Header checksum');
    expect(field).toMatchObject({ value: '0x0019, wrong: 0x8719 is right', good: false });
  });
});

/** Which octets the fields of all layers lie on. */
function coverage(octets: Uint8Array, layers: readonly Layer[]): boolean[] {
  const covered = new Array<boolean>(octets.length).fill(false);
  for (const { from, to } of layers.flatMap(({ fields }) => fields)) covered.fill(true, from, to);
  return covered;
}

function checkCover(octets: Uint8Array, hasFcs: boolean): void {
  const layers = dissect(octets, hasFcs);
  expect(coverage(octets, layers)).not.toContain(false);
  const outside = layers.flatMap((layer) =>
    layer.fields.filter(
      ({ from, to, meaning }) =>
        from < layer.from || from > to || to > layer.to || meaning.trim() === '',
    ),
  );
  expect(outside).toEqual([]);
  expect(typeof summarise(octets, hasFcs)).toBe('string');
}

describe('the fields cover all octets', () => {
  test.each(CAPTURED)('$name', ({ hex }) => {
    const octets = fromHex(hex);
    checkCover(octets, false);
    checkCover(ethernet.seal(octets), true);
    for (let length = 0; length < octets.length; length++)
      checkCover(octets.subarray(0, length), length % 2 === 0);
  });

  test('of anything', () => {
    const changes = fc.array(fc.tuple(fc.nat({ max: 130 }), fc.integer({ min: 0, max: 255 })), {
      maxLength: 5,
    });
    const mutated = fc
      .tuple(fc.constantFrom(...CAPTURED.map(({ hex }) => fromHex(hex))), changes)
      .map(([octets, list]) => {
        for (const [at, value] of list) if (at < octets.length) octets[at] = value;
        return octets;
      });
    const any = fc.oneof(mutated, fc.uint8Array({ maxLength: 100 }));
    fc.assert(fc.property(any, fc.boolean(), checkCover), { numRuns: 1000 });
  });
});

test('a tagged frame, a fragment, an announcement and an unknown protocol', () => {
  const request = captured('ICMP echo request');
  const parsed = ethernet.parse(request);
  if (!parsed.ok) throw new Error(parsed.why);
  const tagged = dissect(ethernet.emit({ ...parsed.value, tag: 0x6005 }), false);
  expect(fieldsOf(tagged, 'Ethernet II').slice(2, 6)).toEqual([
    'Tag: 0x8100 (VLAN tag)',
    'Priority: 3',
    'May be dropped: no',
    'VLAN: 5',
  ]);
  const fragment = request.slice();
  fragment.set([0x20, 0x02], 20);
  expect(summarise(fragment, false)).toBe(
    'IPv4 10.0.0.1 → 10.0.0.2, fragment at 16, more follow; the header checksum is wrong',
  );
  const announcement = captured('ARP request');
  announcement.set([10, 0, 0, 1], 38);
  expect(summarise(announcement, false)).toBe('ARP announcement: 10.0.0.1 is at 02:00:00:00:00:0a');
  const strange = request.slice();
  strange.set([0x88, 0xcc], 12);
  expect(summarise(strange, false)).toBe('Ethernet 02:00:00:00:00:0a → 02:00:00:00:00:0b, 0x88cc');
});

test('what a datagram leaves over of its packet is shown as such', () => {
  const frame = captured('UDP to a closed port');
  frame[39] = 9;
  checkCover(frame, false);
  expect(fieldsOf(dissect(frame, false), 'IPv4').at(-1)).toBe('Left over: 4 octets');
});
