/**
 * Address resolution (RFC 826, RFC 1122 §2.3.2): finds the MAC of a neighbour, answers those who
 * ask for ours, and holds packets until they can go. The caller owns clock and wire; it asks
 * {@link lookup} first and comes here only when that does not know.
 */
import { BROADCAST_MAC, type Ipv4, type Mac } from '../../contract/address';
import { NONE, unreachable, type Outcome } from '../../contract/outcome';
import { get, remove, set, entries as entriesOf } from '../../contract/table';
import type { Nanos } from '../../contract/time';
import type { Message } from '../../wire/arp';
import { dueAt, withEntries, type Entry, type Incomplete, type State } from './state';

export type Input =
  /** `packet` is to go to the neighbour `address`. */
  | { readonly kind: 'resolve'; readonly address: Ipv4; readonly packet: Uint8Array }
  /** An ARP message arrived. */
  | { readonly kind: 'packet'; readonly message: Message }
  | { readonly kind: 'wake' };

export type Effect =
  | { readonly kind: 'transmit'; readonly destinationMac: Mac; readonly message: Message }
  /** A packet that waited goes to its neighbour. */
  | { readonly kind: 'send'; readonly mac: Mac; readonly packet: Uint8Array }
  /** Nobody answered; these packets waited, oldest first. */
  | {
      readonly kind: 'unreachable';
      readonly address: Ipv4;
      readonly packets: readonly Uint8Array[];
    };

export type Note =
  | { readonly kind: 'asked'; readonly address: Ipv4; readonly tries: number }
  | { readonly kind: 'queued' | 'dropped'; readonly address: Ipv4; readonly why: string }
  | { readonly kind: 'learned' | 'refreshed'; readonly address: Ipv4; readonly mac: Mac }
  | { readonly kind: 'answered'; readonly address: Ipv4; readonly mac: Mac }
  | { readonly kind: 'expired' | 'failed'; readonly address: Ipv4 }
  | { readonly kind: 'ignored'; readonly address: Ipv4; readonly why: string };

type Next = Outcome<State, Effect, Note>;

/** The MAC of `address` when it is known and still believed at `now`. */
export function lookup(state: State, address: Ipv4, now: Nanos): Mac | null {
  const entry = get(state.entries, address);
  return entry?.kind === 'reachable' && now < entry.expiresAtNs ? entry.mac : null;
}

export function step(state: State, input: Input, now: Nanos): Next {
  switch (input.kind) {
    case 'resolve':
      return resolve(state, input.address, input.packet, now);
    case 'packet':
      return receive(state, input.message, now);
    case 'wake':
      return wake(state, now);
    default:
      return unreachable(input);
  }
}

function resolve(state: State, address: Ipv4, packet: Uint8Array, now: Nanos): Next {
  const mac = lookup(state, address, now);
  if (mac !== null) return { state, effects: [{ kind: 'send', mac, packet }], notes: NONE };
  const entry = get(state.entries, address);
  if (entry?.kind === 'incomplete') return enqueue(state, address, entry, packet);
  return ask(state, address, 0, [packet], now);
}

function enqueue(state: State, address: Ipv4, entry: Incomplete, packet: Uint8Array): Next {
  const full = entry.packets.length >= state.settings.queuePackets;
  const packets = [...(full ? entry.packets.slice(1) : entry.packets), packet];
  const note: Note = full
    ? { kind: 'dropped', address, why: 'the queue is full; the oldest packet gives way' }
    : { kind: 'queued', address, why: 'the address is being asked for' };
  // When it is due stays the same, and so does `wakeAt`.
  const entries = set(state.entries, address, { ...entry, packets });
  return { state: { ...state, entries }, effects: NONE, notes: [note] };
}

/** One more request, broadcast; the next is due a second later (RFC 1122 §2.3.2.1). */
function ask(
  state: State,
  address: Ipv4,
  triesBefore: number,
  packets: readonly Uint8Array[],
  now: Nanos,
): Next {
  const tries = triesBefore + 1;
  const retryAtNs = now + state.settings.retryNs;
  const entry: Entry = { kind: 'incomplete', tries, retryAtNs, packets };
  const message: Message = {
    operation: 'request',
    senderMac: state.mac,
    senderAddress: state.address,
    targetMac: 0,
    targetAddress: address,
  };
  return {
    state: withEntries(state, set(state.entries, address, entry)),
    effects: [{ kind: 'transmit', destinationMac: BROADCAST_MAC, message }],
    notes: [{ kind: 'asked', address, tries }],
  };
}

/** "Packet Reception" of RFC 826: update who is known, learn who asks for us, then answer. */
function receive(state: State, message: Message, now: Nanos): Next {
  const { senderAddress, senderMac, targetAddress, operation } = message;
  const refused = refusal(state, message);
  if (refused !== null)
    return {
      state,
      effects: NONE,
      notes: [{ kind: 'ignored', address: senderAddress, why: refused }],
    };
  const forUs = targetAddress === state.address;
  const known = get(state.entries, senderAddress);
  // A probe asks without an address of its own (RFC 5227 §1.1): nothing to learn, but an answer.
  const learns = senderAddress !== 0 && (known !== undefined || forUs);
  const learned = learns ? learn(state, senderAddress, senderMac, known, now) : null;
  const next = learned ?? { state, effects: NONE, notes: NONE };
  if (forUs && operation === 'request') return answer(next, message);
  if (learned !== null) return learned;
  const why = 'neither for us nor from a neighbour in use';
  return { ...next, notes: [{ kind: 'ignored', address: senderAddress, why }] };
}

/** The lowest bit of the first octet of a MAC says that it is a group's. */
const isGroup = (mac: Mac): boolean => Math.floor(mac / 0x100_0000_0000) % 2 === 1;

function refusal(state: State, message: Message): string | null {
  // RFC 1812 §3.3.2: nobody's own address is a broadcast or multicast one.
  if (isGroup(message.senderMac)) return 'the sender claims a group address';
  if (message.senderMac === state.mac) return 'our own message';
  if (message.senderAddress === state.address) return 'another host claims our address';
  return null;
}

function learn(state: State, address: Ipv4, mac: Mac, known: Entry | undefined, now: Nanos): Next {
  const expiresAtNs = now + state.settings.reachableNs;
  const entries = set(state.entries, address, { kind: 'reachable', mac, expiresAtNs });
  const waiting = known?.kind === 'incomplete' ? known.packets : NONE;
  const refreshed = known?.kind === 'reachable' && known.mac === mac;
  return {
    state: withEntries(state, entries),
    effects: waiting.map((packet) => ({ kind: 'send', mac, packet })),
    notes: [{ kind: refreshed ? 'refreshed' : 'learned', address, mac }],
  };
}

/** The reply goes before the packets that waited, so that both sides know when they arrive. */
function answer(next: Next, message: Message): Next {
  const { senderAddress, senderMac } = message;
  const reply: Message = {
    operation: 'reply',
    senderMac: next.state.mac,
    senderAddress: next.state.address,
    targetMac: senderMac,
    targetAddress: senderAddress,
  };
  const effect: Effect = { kind: 'transmit', destinationMac: senderMac, message: reply };
  const note: Note = { kind: 'answered', address: senderAddress, mac: senderMac };
  return { ...next, effects: [effect, ...next.effects], notes: [...next.notes, note] };
}

/** All that is due, in the order of the addresses. */
function wake(state: State, now: Nanos): Next {
  const effects: Effect[] = [];
  const notes: Note[] = [];
  let at = state;
  for (const [key, entry] of entriesOf(state.entries)) {
    if (dueAt(entry) > now) continue;
    const next = due(at, key as Ipv4, entry, now);
    at = next.state;
    effects.push(...next.effects);
    notes.push(...next.notes);
  }
  return { state: at, effects, notes };
}

function due(state: State, address: Ipv4, entry: Entry, now: Nanos): Next {
  if (entry.kind === 'incomplete' && entry.tries < state.settings.tries)
    return ask(state, address, entry.tries, entry.packets, now);
  const without = withEntries(state, remove(state.entries, address));
  if (entry.kind === 'reachable')
    return { state: without, effects: NONE, notes: [{ kind: 'expired', address }] };
  const { packets } = entry;
  return {
    state: without,
    effects: [{ kind: 'unreachable', address, packets }],
    notes: [{ kind: 'failed', address }],
  };
}
