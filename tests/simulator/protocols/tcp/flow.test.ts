/** How much goes when: MSS, windows, buffers and timeouts. */
import { describe, expect, test } from 'vitest';
import { MILLISECOND_NS, NEVER, SECOND_NS } from '../../../../simulator/contract/time';
import { LINUX, RFC } from '../../../../simulator/protocols/tcp';
import {
  called,
  calling,
  established,
  hear,
  inPhase,
  ISS,
  PEER,
  sent,
  tell,
  text,
  wake,
  type Lone,
} from './lone';

const send = (lone: Lone, lengthOctets: number): Lone =>
  tell(lone, { kind: 'send', octets: new Uint8Array(lengthOctets).fill(120) });
const lengths = (lone: Lone): number[] => sent(lone).map(({ payload }) => payload.length);

describe('the MSS', () => {
  test.each([
    [null, [536, 464]],
    [1460, [1000]],
    [9000, [1000]],
    [400, [400, 400, 200]],
    // Nobody may make us send octet by octet, or nothing at all.
    [0, [28, 28, 28]],
  ])('of a peer that says %s', (mss, expected) => {
    const lone = send(established({}, { mss }), 1000);
    expect(lengths(lone).slice(0, 3)).toEqual(expected);
  });

  test('stands in SYN and SYN ACK only', () => {
    expect(sent(calling())[0]?.mss).toBe(1460);
    expect(sent(called())[0]?.mss).toBe(1460);
    expect(sent(send(established(), 1))[0]?.mss).toBeNull();
  });
});

describe('the window of the peer', () => {
  test('is never overrun, and opens with each ACK', () => {
    const lone = send(established({}, { mss: 400 }), 3000);
    expect(lengths(lone)).toEqual([400, 400]);
    hear(lone, 'ack', { acknowledgment: ISS + 1 + 400 });
    expect(lengths(lone)).toEqual([400]);
    hear(lone, 'ack', { acknowledgment: ISS + 1 + 800, window: 2000 });
    expect(lengths(lone)).toEqual([400, 400, 400, 400]);
  });

  test('is not taken from an old segment', () => {
    const lone = send(established(), 1);
    hear(lone, 'ack', { acknowledgment: ISS + 2, window: 700, sequence: PEER + 1 });
    hear(lone, 'ack', { acknowledgment: ISS + 1, window: 300, sequence: PEER + 1 });
    expect(lone.state.send.window).toBe(700);
    hear(lone, 'ack', { acknowledgment: ISS + 2, window: 800, sequence: PEER + 6 });
    hear(lone, 'ack', { acknowledgment: ISS + 2, window: 300, sequence: PEER + 1 });
    expect(lone.state.send.window).toBe(800);
  });

  test('too small for a segment worth sending waits for the override', () => {
    const lone = established({}, { window: 1000 });
    hear(lone, 'ack', { window: 100 });
    send(lone, 600);
    expect(sent(lone)).toEqual([]);
    wake(lone);
    expect(lengths(lone)).toEqual([100]);
  });

  test('when shut is probed ever more slowly and for ever, as long as there are answers', () => {
    const lone = established();
    hear(lone, 'ack', { window: 0 });
    send(lone, 10);
    const waits: number[] = [];
    for (let i = 0; i < 40; i++) {
      const from = lone.now;
      wake(lone);
      expect(lengths(lone)).toEqual([1]);
      waits.push((lone.now - from) / SECOND_NS);
      hear(lone, 'ack', { window: 0 });
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(lone.state.phase).toBe('ESTABLISHED');
    hear(lone, 'ack', { window: 50 });
    expect(lengths(lone)).toEqual([10]);
    // It begins anew when the window shuts again.
    hear(lone, 'ack', { acknowledgment: ISS + 11, window: 0 });
    send(lone, 1);
    expect(lone.state.wakeAt - lone.now).toBe(SECOND_NS);
  });

  test('when shut by a peer that is gone ends the connection', () => {
    const lone = established({ retriesMax: 3 });
    hear(lone, 'ack', { window: 0 });
    send(lone, 10);
    while (wake(lone));
    expect(lone.effects).toEqual([{ kind: 'closed', why: 'timeout' }]);
  });

  test('an octet that a probe brought through counts', () => {
    const lone = established();
    hear(lone, 'ack', { window: 0 });
    send(lone, 3);
    wake(lone);
    hear(lone, 'ack', { acknowledgment: ISS + 2, window: 1000 });
    expect(lengths(lone)).toEqual([2]);
    expect(sent(lone)[0]?.sequence).toBe(ISS + 2);
  });

  test('a FIN needs room like an octet, and probes when there is none', () => {
    const lone = established();
    hear(lone, 'ack', { window: 0 });
    tell(lone, { kind: 'close' });
    expect(sent(lone)).toEqual([]);
    wake(lone);
    expect(sent(lone)[0]?.flags.fin).toBe(true);
    hear(lone, 'ack', { acknowledgment: ISS + 2, window: 0 });
    expect(lone.state.phase).toBe('FIN-WAIT-2');
  });

  test('taken back does no harm', () => {
    const lone = send(established(), 900);
    hear(lone, 'ack', { acknowledgment: ISS + 101, window: 0 });
    wake(lone);
    expect(lengths(lone)).toEqual([1]);
    hear(lone, 'ack', { acknowledgment: ISS + 901, window: 0 });
    expect(lone.state.wakeAt).toBe(NEVER);
  });
});

describe('our window', () => {
  const hearOctets = (lone: Lone, from: number, lengthOctets: number): Lone =>
    hear(lone, 'ack', { sequence: PEER + 1 + from, payload: new Uint8Array(lengthOctets) });

  test('shrinks with what is not read, and what is beyond it is not taken', () => {
    const lone = hearOctets(established({ receiveBufferOctets: 100 }), 0, 60);
    expect(sent(lone)[0]?.window).toBe(40);
    hearOctets(lone, 60, 60);
    expect(sent(lone)[0]).toMatchObject({ window: 0, acknowledgment: PEER + 101 });
    hearOctets(lone, 100, 20);
    expect(lone.log.at(-1)).toBe('ignored full');
    expect(sent(lone)[0]).toMatchObject({ window: 0, acknowledgment: PEER + 101 });
  });

  test('opens in steps worth telling', () => {
    const lone = hearOctets(established({ receiveBufferOctets: 100 }), 0, 100);
    tell(lone, { kind: 'read', maxOctets: 49 });
    expect(sent(lone)).toEqual([]);
    tell(lone, { kind: 'read', maxOctets: 1 });
    expect(sent(lone)[0]).toMatchObject({ window: 50 });
  });

  test('keeps early octets and hands all over in order', () => {
    const lone = established();
    hear(lone, 'ack', { sequence: PEER + 4, payload: text('def') });
    hear(lone, 'ack', { sequence: PEER + 9, payload: text('ij') });
    expect(sent(lone)[0]?.acknowledgment).toBe(PEER + 1);
    hear(lone, 'ack fin', { sequence: PEER + 7, payload: text('ghij') });
    expect(lone.state.phase).toBe('ESTABLISHED');
    hear(lone, 'ack', { sequence: PEER, payload: text('?abcd') });
    expect(lone.state.phase).toBe('CLOSE-WAIT');
    tell(lone, { kind: 'read', maxOctets: 100 });
    expect(lone.effects[0]).toEqual({ kind: 'deliver', octets: text('abcdefghij'), end: true });
  });

  test('nothing comes after a FIN, whatever came before it', () => {
    const lone = established();
    hear(lone, 'ack', { sequence: PEER + 3, payload: text('cdef') });
    hear(lone, 'ack fin', { sequence: PEER + 5 });
    hear(lone, 'ack', { sequence: PEER + 4, payload: text('defg') });
    hear(lone, 'ack', { payload: text('ab') });
    tell(lone, { kind: 'read', maxOctets: 100 });
    expect(lone.effects[0]).toEqual({ kind: 'deliver', octets: text('abcd'), end: true });
  });
});

describe('the send buffer', () => {
  test('takes what fits, and says when there is room again', () => {
    const lone = send(established({ sendBufferOctets: 500 }), 700);
    expect(lone.effects[0]).toEqual({ kind: 'accepted', lengthOctets: 500 });
    hear(lone, 'ack', { acknowledgment: ISS + 151 });
    expect(lone.effects).toEqual([]);
    hear(lone, 'ack', { acknowledgment: ISS + 201 });
    expect(lone.effects).toEqual([{ kind: 'writable' }]);
    expect(send(lone, 700).effects[0]).toEqual({ kind: 'accepted', lengthOctets: 200 });
  });

  test.each(['FIN-WAIT-1', 'LAST-ACK', 'TIME-WAIT'] as const)('takes nothing in %s', (phase) => {
    const lone = send(inPhase(phase), 5);
    expect(lone.effects).toEqual([{ kind: 'accepted', lengthOctets: 0 }]);
  });
});

describe('the retransmission timeout (RFC 6298)', () => {
  const MS = MILLISECOND_NS;

  /** One octet goes and is acknowledged `rttMs` later. */
  const round = (lone: Lone, rttMs: number): Lone => {
    send(lone, 1);
    lone.now += rttMs * MS;
    return hear(lone, 'ack', { acknowledgment: lone.state.send.nxt });
  };

  test('follows (2.2), (2.3) and (2.4)', () => {
    const lone = calling({ ...LINUX });
    lone.now = 100 * MS;
    hear(lone, 'syn ack', { sequence: PEER, mss: 1460 });
    const { srttNs, rttvarNs, rtoNs } = lone.state.retransmission;
    expect([srttNs, rttvarNs, rtoNs]).toEqual([100 * MS, 50 * MS, 300 * MS]);
    // 3/4 · 50 + 1/4 · 80 = 57.5; 7/8 · 100 + 1/8 · 180 = 110; 110 + 4 · 57.5 = 340
    round(lone, 180);
    const next = lone.state.retransmission;
    expect([next.srttNs, next.rttvarNs, next.rtoNs]).toEqual([110 * MS, 57.5 * MS, 340 * MS]);
    for (let i = 0; i < 60; i++) round(lone, 10);
    expect(lone.state.retransmission.rtoNs).toBe(200 * MS);
  });

  test('is at least a second by the RFC', () => {
    expect(established().state.retransmission.rtoNs).toBe(RFC.leastRtoNs);
  });

  test('doubles until the peer is given up (5.5)', () => {
    const lone = send(established({ retriesMax: 8 }), 1);
    const times: number[] = [];
    while (wake(lone)) times.push(lone.now / SECOND_NS);
    expect(times).toEqual([1, 3, 7, 15, 31, 63, 123, 183, 243]);
    expect(lone.effects).toEqual([{ kind: 'closed', why: 'timeout' }]);
  });

  test('an answer sets the count of tries back', () => {
    const lone = send(established({ retriesMax: 2 }), 1);
    wake(lone);
    wake(lone);
    hear(lone, 'ack', { acknowledgment: ISS + 2 });
    send(lone, 1);
    wake(lone);
    wake(lone);
    expect(lone.state.phase).toBe('ESTABLISHED');
  });

  test.each([
    [ISS + 51, 'acknowledged'],
    [ISS + 101, 'measured'],
    [ISS + 201, 'measured'],
  ])('one segment is timed, and %i tells: %s', (acknowledgment, said) => {
    const lone = send(established({}, { mss: 100 }), 200);
    expect(hear(lone, 'ack', { acknowledgment }).log.at(-1)).toBe(said);
  });

  test('a SYN is given up after three minutes (RFC 9293 §3.8.3)', () => {
    const lone = calling();
    while (wake(lone));
    expect(lone.now / SECOND_NS).toBeGreaterThanOrEqual(180);
  });

  test('does not measure what went twice (Karn), and keeps the doubled time (5.5)', () => {
    const lone = send(established(), 1);
    wake(lone);
    lone.now += 5 * MS;
    hear(lone, 'ack', { acknowledgment: ISS + 2 });
    expect(lone.log.at(-1)).toBe('acknowledged');
    expect(lone.state.retransmission.rtoNs).toBe(2 * SECOND_NS);
    round(lone, 5);
    expect(lone.state.retransmission.rtoNs).toBe(SECOND_NS);
  });

  test('is three seconds for data after a SYN that was lost (5.7)', () => {
    const lone = calling();
    wake(lone);
    hear(lone, 'syn ack', { sequence: PEER });
    expect(lone.state.retransmission.rtoNs).toBe(3 * SECOND_NS);
  });

  test('begins anew with each new ACK (5.3) and ends with the last (5.2)', () => {
    const lone = send(established({}, { mss: 100 }), 200);
    lone.now = 500 * MS;
    hear(lone, 'ack', { acknowledgment: ISS + 101 });
    expect(lone.state.wakeAt).toBe(1500 * MS);
    hear(lone, 'ack', { acknowledgment: ISS + 101 });
    expect(lone.state.wakeAt).toBe(1500 * MS);
    hear(lone, 'ack', { acknowledgment: ISS + 201 });
    expect(lone.state.wakeAt).toBe(NEVER);
  });

  test('sends the earliest segment alone (5.4), with the FIN that went with it', () => {
    const lone = send(established({}, { mss: 100 }), 150);
    tell(lone, { kind: 'close' });
    wake(lone);
    expect(sent(lone)).toMatchObject([{ sequence: ISS + 1, flags: { fin: false } }]);
    hear(lone, 'ack', { acknowledgment: ISS + 101 });
    expect(lengths(lone)).toEqual([50]);
    expect(sent(lone)).toMatchObject([{ sequence: ISS + 101, flags: { fin: true } }]);
  });
});
