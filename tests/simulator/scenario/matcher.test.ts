/** What fits a pattern, row by row; and that whatever a run shows fits the pattern made from it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dissect, fits, run as history, type Pattern, type Seen } from '../../../simulator';
import { ARRIVED, ECHO_REPLY, ECHO_REQUEST, FRAME, page, ping } from './stories';

const at = { timeNs: 10, source: 0, n: 1, micro: 0 };
const common = { id: '10.0.1.0.c0', at, fine: false, cause: null };

const call: Seen = {
  ...common,
  kind: 'call',
  from: 'client.cpu',
  to: 'client.os',
  departNs: 10,
  arriveNs: 10,
  what: { name: 'write', octets: Uint8Array.of(7, 8, 9), list: [4, 5], none: null, ok: true },
};
const note: Seen = {
  ...common,
  kind: 'tcp',
  part: 'client.os.tcp',
  what: { note: { kind: 'changed', to: 'ESTABLISHED' } },
};
const M = { see: 'move', kind: 'call' } as const;
const N = { see: 'note', kind: 'tcp' } as const;

describe('kinds, paths and fields', () => {
  test.each<[name: string, pattern: Pattern, seen: Seen, fit: boolean]>([
    ['the kind alone', M, call, true],
    ['another kind', { ...M, kind: 'return' }, call, false],
    ['a note of the kind', { ...M, see: 'note' }, call, false],
    ['a move of the kind', { ...N, see: 'move' }, note, false],
    ['from where', { ...M, from: 'client.cpu' }, call, true],
    ['from a part of it', { ...M, from: 'client.cpu.alu' }, call, false],
    ['from whose part', { ...M, from: 'client' }, call, true],
    ['the beginning of a name is no part', { ...M, from: 'cli' }, call, false],
    ['to where', { ...M, to: 'client.os' }, call, true],
    ['to elsewhere', { ...M, to: 'server.os' }, call, false],
    ['a move has no part', { ...M, part: 'client' }, call, false],
    ['who says it', { ...N, part: 'client.os' }, note, true],
    ['who does not', { ...N, part: 'server' }, note, false],
    ['a note has no from', { ...N, from: 'client' }, note, false],
    ['a field', { ...M, what: { name: 'write' } }, call, true],
    ['another value', { ...M, what: { name: 'read' } }, call, false],
    ['a length of octets', { ...M, what: { 'octets.length': 3 } }, call, true],
    ['one of the octets', { ...M, what: { 'octets.1': 8 } }, call, true],
    ['a length of a list', { ...M, what: { 'list.length': 2 } }, call, true],
    ['an item of a list', { ...M, what: { 'list.0': 4 } }, call, true],
    ['null', { ...M, what: { none: null } }, call, true],
    ['null is not nothing', { ...M, what: { nothing: null } }, call, false],
    ['true', { ...M, what: { ok: true } }, call, true],
    ['a number is no text', { ...M, what: { 'list.0': '4' } }, call, false],
    ['only own fields', { ...M, what: { 'constructor.name': 'Object' } }, call, false],
    ['a field within a field', { ...N, what: { 'note.to': 'ESTABLISHED' } }, note, true],
    ['all fields', { ...N, what: { 'note.to': 'ESTABLISHED', 'note.kind': 'x' } }, note, false],
    ['a frame where none is', { ...M, frame: { TCP: {} } }, call, false],
    ['no frame among octets', { ...N, frame: {} }, note, false],
  ])('%s', (_, pattern, seen, fit) => {
    expect(fits(pattern, seen)).toBe(fit);
  });
});

function seenIn(scenario: typeof ping): Seen[] {
  const all: Seen[] = [];
  const run = history.create(scenario.world);
  const take = (seen: Seen): void => {
    all.push(seen);
  };
  run.world.see.sink = { fine: true, move: take, note: take };
  history.seekTime(run, scenario.endsAtNs);
  return all;
}

const inPing = seenIn(ping);
const inPage = seenIn(page);
const count = (pattern: Pattern, seen: readonly Seen[]): number =>
  seen.filter((each) => fits(pattern, each)).length;
const frame = (wanted: NonNullable<Pattern['frame']>): Pattern => ({ ...FRAME, frame: wanted });

describe('frames by their fields', () => {
  test.each<[name: string, pattern: Pattern, seen: readonly Seen[], count: number]>([
    ['all', FRAME, inPing, 8],
    ['ARP', frame({ ARP: {} }), inPing, 2],
    ['a value with its name', frame({ ARP: { Operation: '1 (request)' } }), inPing, 1],
    ['its first word', frame({ ARP: { Operation: '1' } }), inPing, 1],
    ['half a word', frame({ 'Ethernet II': { Type: '0x08' } }), inPing, 0],
    ['requests', ECHO_REQUEST, inPing, 3],
    ['replies', ECHO_REPLY, inPing, 3],
    ['notes of frames that arrived', { ...ARRIVED, frame: { ARP: {} } }, inPing, 2],
    ['two layers', frame({ ICMP: { Type: '8' }, IPv4: { Source: '10.0.0.1' } }), inPing, 3],
    ['two layers, one not so', frame({ ICMP: {}, IPv4: { Source: '10.0.0.9' } }), inPing, 0],
    ['a field that is not there', frame({ ICMP: { Colour: '8' } }), inPing, 0],
    ['SYN of who accepts', frame({ TCP: { SYN: 'yes', ACK: 'yes' } }), inPage, 1],
    ['SYN', frame({ TCP: { SYN: 'yes', ACK: 'no' } }), inPage, 1],
  ])('%s', (_, pattern, seen, expected) => {
    expect(count(pattern, seen)).toBe(expected);
  });
});

const frames = [...inPing, ...inPage].filter(({ kind }) => kind === 'frame');

test('every frame fits each of its own fields, whole or by the first word', () => {
  const rows = frames.flatMap((seen) =>
    dissect((seen.what as { octets: Uint8Array }).octets).flatMap((layer) =>
      layer.fields.map(({ name, value }) => ({ seen, layer: layer.name, name, value })),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...rows), ({ seen, layer, name, value }) => {
      expect(fits(frame({ [layer]: { [name]: value } }), seen)).toBe(true);
      const [first = value] = value.split(/,? /);
      expect(fits(frame({ [layer]: { [name]: first } }), seen)).toBe(true);
      expect(fits(frame({ [layer]: { [name]: `${value}?` } }), seen)).toBe(false);
    }),
  );
});
