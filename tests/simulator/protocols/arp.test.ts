import { describe, expect, test } from 'vitest';
import { formatIpv4, formatMac, parseIpv4, parseMac } from '../../../simulator/contract/address';
import { unreachable } from '../../../simulator/contract/outcome';
import { NEVER, SECOND_NS } from '../../../simulator/contract/time';
import * as arp from '../../../simulator/protocols/arp';
import type { Message, Operation } from '../../../simulator/wire/arp';

const MAC = { us: '02:00:00:00:00:0a', bob: '02:00:00:00:00:0b', eve: '02:00:00:00:00:0e' };
const IP = { us: '10.0.0.1', bob: '10.0.0.2', eve: '10.0.0.3' };
const ip = (text: string): number => parseIpv4(text) ?? 0;
const mac = (text: string): number => parseMac(text) ?? 0;

const packetOf = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const nameOf = (packet: Uint8Array): string => String.fromCharCode(...packet);

/** `from` says or asks; `target` is whom it is about. */
function message(
  operation: Operation,
  [senderMac, senderAddress]: readonly [string, string],
  [targetMac, targetAddress]: readonly [string, string],
): Message {
  return {
    operation,
    senderMac: mac(senderMac),
    senderAddress: ip(senderAddress),
    targetMac: mac(targetMac),
    targetAddress: ip(targetAddress),
  };
}

const NOBODY = '00:00:00:00:00:00';
const asks = (who: 'us' | 'bob' | 'eve', whom: string): Message =>
  message('request', [MAC[who], IP[who]], [NOBODY, whom]);
const tells = (who: 'bob' | 'eve', whom: 'us' | 'bob'): Message =>
  message('reply', [MAC[who], IP[who]], [MAC[whom], IP[whom]]);

const resolve = (address: string, packet: string): arp.Input => ({
  kind: 'resolve',
  address: ip(address),
  packet: packetOf(packet),
});
const hear = (heard: Message): arp.Input => ({ kind: 'packet', message: heard });
const WAKE: arp.Input = { kind: 'wake' };

function effectText(effect: arp.Effect): string {
  switch (effect.kind) {
    case 'transmit': {
      const { operation, targetAddress, senderMac } = effect.message;
      const what =
        operation === 'request'
          ? `who has ${formatIpv4(targetAddress)}`
          : `we are at ${formatMac(senderMac)}`;
      return `to ${formatMac(effect.destinationMac)}: ${what}`;
    }
    case 'send':
      return `send ${nameOf(effect.packet)} to ${formatMac(effect.mac)}`;
    case 'unreachable':
      return `unreachable ${formatIpv4(effect.address)}: ${effect.packets.map(nameOf).join(' ')}`;
    default:
      return unreachable(effect);
  }
}

type Line = {
  /** Seconds. */
  readonly at: number;
  readonly input: arp.Input;
  readonly effects?: readonly string[];
  readonly notes: readonly string[];
  /** Seconds; null is never. */
  readonly wakeAt: number | null;
};

const EVERYBODY = 'ff:ff:ff:ff:ff:ff';
const WHO_HAS_BOB = `to ${EVERYBODY}: who has 10.0.0.2`;

const STORIES: { readonly [name: string]: readonly Line[] } = {
  'ask, wait, send, use, forget': [
    { at: 0, input: resolve(IP.bob, 'p1'), effects: [WHO_HAS_BOB], notes: ['asked'], wakeAt: 1 },
    { at: 0.1, input: resolve(IP.bob, 'p2'), notes: ['queued'], wakeAt: 1 },
    {
      at: 0.2,
      input: hear(tells('bob', 'us')),
      effects: [`send p1 to ${MAC.bob}`, `send p2 to ${MAC.bob}`],
      notes: ['learned'],
      wakeAt: 60.2,
    },
    {
      at: 9,
      input: resolve(IP.bob, 'p3'),
      effects: [`send p3 to ${MAC.bob}`],
      notes: [],
      wakeAt: 60.2,
    },
    { at: 60.2, input: WAKE, notes: ['expired'], wakeAt: null },
    { at: 61, input: resolve(IP.bob, 'p4'), effects: [WHO_HAS_BOB], notes: ['asked'], wakeAt: 62 },
  ],
  'three requests a second apart, then unreachable': [
    { at: 0, input: resolve(IP.bob, 'p1'), effects: [WHO_HAS_BOB], notes: ['asked'], wakeAt: 1 },
    { at: 0.5, input: WAKE, notes: [], wakeAt: 1 },
    { at: 1, input: WAKE, effects: [WHO_HAS_BOB], notes: ['asked'], wakeAt: 2 },
    { at: 1.5, input: resolve(IP.bob, 'p2'), notes: ['queued'], wakeAt: 2 },
    { at: 2, input: WAKE, effects: [WHO_HAS_BOB], notes: ['asked'], wakeAt: 3 },
    {
      at: 3,
      input: WAKE,
      effects: ['unreachable 10.0.0.2: p1 p2'],
      notes: ['failed'],
      wakeAt: null,
    },
  ],
  'the queue is bounded: the oldest gives way': [
    { at: 0, input: resolve(IP.bob, 'p1'), effects: [WHO_HAS_BOB], notes: ['asked'], wakeAt: 1 },
    { at: 0, input: resolve(IP.bob, 'p2'), notes: ['queued'], wakeAt: 1 },
    { at: 0, input: resolve(IP.bob, 'p3'), notes: ['dropped'], wakeAt: 1 },
    {
      at: 0.2,
      input: hear(tells('bob', 'us')),
      effects: [`send p2 to ${MAC.bob}`, `send p3 to ${MAC.bob}`],
      notes: ['learned'],
      wakeAt: 60.2,
    },
  ],
  'who asks for us is answered and learned, and what waited goes after the answer': [
    { at: 0, input: resolve(IP.bob, 'p1'), effects: [WHO_HAS_BOB], notes: ['asked'], wakeAt: 1 },
    {
      at: 0.5,
      input: hear(asks('bob', IP.us)),
      effects: [`to ${MAC.bob}: we are at ${MAC.us}`, `send p1 to ${MAC.bob}`],
      notes: ['learned', 'answered'],
      wakeAt: 60.5,
    },
    {
      at: 2,
      input: hear(asks('eve', IP.us)),
      effects: [`to ${MAC.eve}: we are at ${MAC.us}`],
      notes: ['learned', 'answered'],
      wakeAt: 60.5,
    },
  ],
  'others are not learned, but whom we know is kept up to date': [
    { at: 0, input: hear(asks('bob', IP.eve)), notes: ['ignored'], wakeAt: null },
    { at: 1, input: hear(tells('eve', 'bob')), notes: ['ignored'], wakeAt: null },
    { at: 2, input: hear(tells('bob', 'us')), notes: ['learned'], wakeAt: 62 },
    { at: 3, input: hear(asks('bob', IP.eve)), notes: ['refreshed'], wakeAt: 63 },
    {
      at: 4,
      input: hear(message('reply', [MAC.eve, IP.bob], [EVERYBODY, IP.bob])),
      notes: ['learned'],
      wakeAt: 64,
    },
    {
      at: 5,
      input: resolve(IP.bob, 'p1'),
      effects: [`send p1 to ${MAC.eve}`],
      notes: [],
      wakeAt: 64,
    },
  ],
  'a probe is answered and teaches nothing': [
    {
      at: 0,
      input: hear(message('request', [MAC.bob, '0.0.0.0'], [NOBODY, IP.us])),
      effects: [`to ${MAC.bob}: we are at ${MAC.us}`],
      notes: ['answered'],
      wakeAt: null,
    },
  ],
  'lies and echoes are ignored': [
    {
      at: 0,
      input: hear(message('reply', [MAC.eve, IP.us], [MAC.us, IP.us])),
      notes: ['ignored'],
      wakeAt: null,
    },
    {
      at: 0,
      input: hear(message('reply', [EVERYBODY, IP.bob], [MAC.us, IP.us])),
      notes: ['ignored'],
      wakeAt: null,
    },
    {
      at: 0,
      input: hear(message('reply', ['01:00:5e:00:00:01', IP.bob], [MAC.us, IP.us])),
      notes: ['ignored'],
      wakeAt: null,
    },
    { at: 0, input: hear(asks('us', IP.bob)), notes: ['ignored'], wakeAt: null },
  ],
};

describe.each(Object.entries(STORIES))('%s', (_, lines) => {
  test('as told', () => {
    let state = arp.create(mac(MAC.us), ip(IP.us), { ...arp.LINUX, queuePackets: 2 });
    const seen = lines.map(({ at, input }) => {
      const next = arp.step(state, input, at * SECOND_NS);
      state = next.state;
      const { wakeAt } = state;
      return {
        at,
        input,
        effects: next.effects.map(effectText),
        notes: next.notes.map((note) => note.kind),
        wakeAt: wakeAt === NEVER ? null : wakeAt / SECOND_NS,
      };
    });
    expect(seen).toEqual(lines.map((line) => ({ effects: [], ...line })));
  });
});

test('an answer is believed until its time is over, wake or not', () => {
  const start = arp.create(mac(MAC.us), ip(IP.us));
  const { state } = arp.step(start, hear(tells('bob', 'us')), 0);
  const end = arp.LINUX.reachableNs;
  expect(arp.lookup(state, ip(IP.bob), end - 1)).toBe(mac(MAC.bob));
  expect(arp.lookup(state, ip(IP.bob), end)).toBeNull();
  expect(arp.lookup(state, ip(IP.eve), 0)).toBeNull();
  const late = arp.step(state, resolve(IP.bob, 'p'), end);
  expect(late.effects.map(effectText)).toEqual([WHO_HAS_BOB]);
});

test('two addresses that are due at once are asked for in their order', () => {
  let state = arp.create(mac(MAC.us), ip(IP.us));
  state = arp.step(state, resolve(IP.eve, 'p'), 0).state;
  state = arp.step(state, resolve(IP.bob, 'p'), 0).state;
  const woken = arp.step(state, WAKE, state.wakeAt);
  expect(woken.effects.map(effectText)).toEqual([WHO_HAS_BOB, `to ${EVERYBODY}: who has 10.0.0.3`]);
});
