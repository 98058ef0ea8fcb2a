/** The branches of RFC 9293 §3.10.7 that do not change the state, and those of RFC 5961. */
import { describe, expect, test } from 'vitest';
import { accept, refuse, step } from '../../../../simulator/protocols/tcp';
import { isAcceptable } from '../../../../simulator/protocols/tcp/receive';
import {
  called,
  calling,
  established,
  hear,
  inPhase,
  ISS,
  OPENING,
  PEER,
  say,
  sent,
  tell,
  text,
} from './lone';
import { describeSegment } from './pair';

const brief = (names: string, sequence: number, acknowledgment?: number): string =>
  acknowledgment === undefined
    ? `[${names}] seq ${sequence}`
    : `[${names}] seq ${sequence} ack ${acknowledgment}`;

const told = (lone: Parameters<typeof sent>[0]): string[] =>
  sent(lone).map((segment) => describeSegment(segment).replace(/ win.*/, ''));

describe('acceptable (§3.4, table 6)', () => {
  const base = established().state.receive;
  const N = 1000;
  test.each([
    // window, sequence, length, acceptable
    [0, N, 0, true],
    [0, N - 1, 0, false],
    [0, N + 1, 0, false],
    [10, N, 0, true],
    [10, N + 9, 0, true],
    // A sender whose whole window was lost stands on the edge.
    [10, N + 10, 0, true],
    [10, N + 11, 0, false],
    [10, N - 1, 0, false],
    // At a closed window the next one is heard for its ACK.
    [0, N, 5, true],
    [0, N + 1, 5, false],
    [10, N - 5, 5, false],
    [10, N - 5, 6, true],
    [10, N, 20, true],
    [10, N + 9, 1, true],
    [10, N + 10, 1, false],
  ])('window %i, sequence %i, length %i: %s', (window, sequence, length, holds) => {
    for (const turn of [0, 2 ** 32 - N - 5]) {
      const at = (number: number): number => (number + turn) % 2 ** 32;
      const receive = { ...base, nxt: at(N), edge: at(N + window) };
      const segment = say('ack', { sequence: at(sequence), payload: new Uint8Array(length) });
      expect(isAcceptable(receive, segment)).toBe(holds);
    }
  });
});

describe('no connection (§3.10.7.1)', () => {
  test.each([
    ['syn', '', brief('RST ACK', 0, 5002)],
    ['syn fin', 'abc', brief('RST ACK', 0, 5006)],
    ['', 'abc', brief('RST ACK', 0, 5004)],
    ['ack', '', brief('RST', 1001)],
    ['syn ack', 'abc', brief('RST', 1001)],
  ])('"%s" with octets "%s" is answered by %s', (names, octets, answer) => {
    const payload = text(octets);
    const { effects } = refuse(say(names, { payload }));
    expect(told({ ...calling(), effects })).toEqual([answer]);
    expect(told(hear(inPhase('CLOSED'), names, { payload }))).toEqual([answer]);
  });

  test('a reset is not answered', () => {
    expect(refuse(say('rst')).effects).toEqual([]);
  });
});

describe('LISTEN (§3.10.7.2)', () => {
  test.each([
    ['rst', []],
    ['ack', [brief('RST', 1001)]],
    ['syn ack', [brief('RST', 1001)]],
    ['fin', []],
    ['', []],
  ])('"%s" makes no connection', (names, answers) => {
    const { state, effects } = accept(say(names), OPENING);
    expect(state).toBeNull();
    expect(told({ ...calling(), effects })).toEqual(answers);
  });

  test('octets and FIN that come with a SYN wait for the handshake', () => {
    const lone = called({}, { payload: text('early') });
    expect(told(lone)).toEqual([brief('SYN ACK', ISS, PEER + 6)]);
    expect(lone.effects.map(({ kind }) => kind)).not.toContain('readable');
    hear(lone, 'ack', { sequence: PEER + 6 });
    expect(lone.effects.map(({ kind }) => kind)).toEqual(['connected', 'readable']);
  });
});

describe('SYN-SENT (§3.10.7.3)', () => {
  test.each([
    ['ack', ISS, [brief('RST', ISS)], 'SYN-SENT'],
    ['syn ack', ISS + 2, [brief('RST', ISS + 2)], 'SYN-SENT'],
    ['rst ack', ISS, [], 'SYN-SENT'],
    ['rst ack', ISS + 1, [], 'CLOSED'],
    ['rst', 0, [], 'SYN-SENT'],
    ['ack', ISS + 1, [], 'SYN-SENT'],
    ['fin', 0, [], 'SYN-SENT'],
    ['syn ack', ISS + 1, [brief('ACK', ISS + 1, PEER + 1)], 'ESTABLISHED'],
    ['syn', 0, [brief('SYN ACK', ISS, PEER + 1)], 'SYN-RECEIVED'],
    ['syn fin ack', ISS + 1, [brief('ACK', ISS + 1, PEER + 2)], 'CLOSE-WAIT'],
  ])('%s with ack %i', (names, acknowledgment, answers, phase) => {
    const lone = hear(calling(), names, { sequence: PEER, acknowledgment });
    expect(told(lone)).toEqual(answers);
    expect(lone.state.phase).toBe(phase);
  });

  test('what was written before goes with the third segment', () => {
    const lone = tell(calling(), { kind: 'send', octets: text('hello') });
    expect(lone.effects).toEqual([{ kind: 'accepted', lengthOctets: 5 }]);
    hear(lone, 'syn ack', { sequence: PEER });
    expect(told(lone)).toEqual([brief('PSH ACK', ISS + 1, PEER + 1)]);
  });
});

describe('resets and SYNs in an open connection (RFC 5961)', () => {
  const challenge = [brief('ACK', ISS + 1, PEER + 1)];
  test.each([
    ['rst', PEER + 1, [], 'CLOSED'],
    ['rst', PEER + 2, challenge, 'ESTABLISHED'],
    ['rst', PEER + 65_535, challenge, 'ESTABLISHED'],
    ['rst', PEER + 70_000, [], 'ESTABLISHED'],
    ['rst', PEER, [], 'ESTABLISHED'],
    ['syn', PEER + 1, challenge, 'ESTABLISHED'],
    ['syn', PEER + 5, challenge, 'ESTABLISHED'],
    ['syn', PEER + 70_000, challenge, 'ESTABLISHED'],
    ['syn ack', PEER, challenge, 'ESTABLISHED'],
    // Neither ACK nor anything else.
    ['', PEER + 1, [], 'ESTABLISHED'],
    ['fin', PEER + 1, [], 'ESTABLISHED'],
  ])('%s at %i', (names, sequence, answers, phase) => {
    const lone = hear(established(), names, { sequence });
    expect(told(lone)).toEqual(answers);
    expect(lone.state.phase).toBe(phase);
  });

  test.each([
    [ISS + 2, 'challenged ack of the unsent', 1],
    // Its window is 1000: nobody lags further behind (RFC 5961 §5.2).
    [ISS + 1 - 1001, 'challenged ack of long ago', 1],
    [ISS + 1 - 1000, 'received', 1],
  ])('octets with ack %i', (acknowledgment, said, answers) => {
    const lone = hear(established(), 'ack', { acknowledgment, payload: text('x') });
    expect(lone.log.at(-1)).toBe(said);
    expect(sent(lone)).toHaveLength(answers);
  });

  test.each([
    ['SYN-RECEIVED', 'reset'],
    ['ESTABLISHED', 'reset'],
    ['LAST-ACK', 'reset'],
    ['TIME-WAIT', 'orderly'],
  ] as const)('what a program hears of a reset in %s: %s', (phase, why) => {
    const lone = inPhase(phase);
    hear(lone, 'rst', { sequence: lone.state.receive.nxt });
    expect(lone.effects).toEqual([{ kind: 'closed', why }]);
  });

  test('a caller who is called and then reset hears that he is refused', () => {
    const lone = hear(calling(), 'syn', { sequence: PEER, acknowledgment: 0 });
    hear(lone, 'rst');
    expect(lone.effects).toEqual([{ kind: 'closed', why: 'refused' }]);
  });
});

describe('SYN-RECEIVED', () => {
  test.each([ISS, ISS + 2])('a wrong ack, %i, is answered with a reset', (acknowledgment) => {
    const lone = hear(called(), 'ack', { acknowledgment });
    expect(told(lone)).toEqual([brief('RST', acknowledgment)]);
    expect(lone.state.phase).toBe('SYN-RECEIVED');
  });

  test('close with something written waits for the handshake', () => {
    const lone = tell(called(), { kind: 'send', octets: text('bye') });
    tell(lone, { kind: 'close' });
    expect(lone.state.phase).toBe('SYN-RECEIVED');
    hear(lone, 'ack');
    expect(lone.state.phase).toBe('FIN-WAIT-1');
    expect(told(lone)).toEqual([brief('FIN PSH ACK', ISS + 1, PEER + 1)]);
  });

  test('close with nothing written sends its FIN, and an ACK of both counts for both', () => {
    const lone = tell(called(), { kind: 'close' });
    expect(told(lone)).toEqual([brief('FIN ACK', ISS + 1, PEER + 1)]);
    hear(lone, 'ack', { acknowledgment: ISS + 2 });
    expect(lone.state.phase).toBe('FIN-WAIT-2');
  });
});

describe('closing', () => {
  test('an ACK of our FIN with the FIN of the peer goes straight to TIME-WAIT', () => {
    const lone = hear(inPhase('FIN-WAIT-1'), 'fin ack', { acknowledgment: ISS + 2 });
    expect(lone.state.phase).toBe('TIME-WAIT');
  });

  test('a FIN that came again in TIME-WAIT is acknowledged, and the wait begins again', () => {
    const lone = inPhase('TIME-WAIT');
    lone.now = 30e9;
    hear(lone, 'fin ack', { acknowledgment: ISS + 2 });
    expect(told(lone)).toEqual([brief('ACK', ISS + 2, PEER + 2)]);
    expect(lone.state.wakeAt).toBe(90e9);
  });

  test.each(['LAST-ACK', 'CLOSING', 'CLOSE-WAIT'] as const)('octets in %s', (phase) => {
    const lone = inPhase(phase);
    hear(lone, 'ack', { sequence: PEER + 2, payload: text('late') });
    expect(lone.log.at(-1)).toBe('ignored after end');
    expect(sent(lone)).toHaveLength(1);
  });

  test.each([
    ['SYN-SENT', 0],
    ['SYN-RECEIVED', 1],
    ['ESTABLISHED', 1],
    ['FIN-WAIT-1', 1],
    ['FIN-WAIT-2', 1],
    ['CLOSE-WAIT', 1],
    ['CLOSING', 0],
    ['LAST-ACK', 0],
    ['TIME-WAIT', 0],
  ] as const)('abort in %s sends %i reset', (phase, count) => {
    const lone = tell(inPhase(phase), { kind: 'abort' });
    expect(sent(lone).filter(({ flags }) => flags.rst)).toHaveLength(count);
    expect(lone.effects.at(-1)?.kind).toBe('closed');
  });

  test.each(['send', 'close', 'abort'] as const)('%s on what is gone is declined', (kind) => {
    const lone = inPhase('CLOSED');
    tell(lone, kind === 'send' ? { kind, octets: text('x') } : { kind });
    expect(lone.log.at(-1)).toBe('declined no connection');
  });

  test('what came in order can be read after an orderly end, and the end is told', () => {
    const lone = hear(established(), 'fin ack', { payload: text('bye') });
    tell(lone, { kind: 'close' });
    hear(lone, 'ack', { sequence: PEER + 5, acknowledgment: ISS + 2 });
    expect(lone.state.phase).toBe('CLOSED');
    tell(lone, { kind: 'read', maxOctets: 2 });
    expect(lone.effects).toEqual([{ kind: 'deliver', octets: text('by'), end: false }]);
    tell(lone, { kind: 'read', maxOctets: 2 });
    expect(lone.effects).toEqual([{ kind: 'deliver', octets: text('e'), end: true }]);
  });
});

test('a wake before anything is due changes nothing', () => {
  const { state } = tell(established(), { kind: 'send', octets: text('x') });
  expect(step(state, { kind: 'wake' }, state.wakeAt - 1)).toEqual({
    state,
    effects: [],
    notes: [],
  });
});
