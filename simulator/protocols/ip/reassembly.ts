/**
 * Putting fragments together again (RFC 791 §3.2, RFC 815, RFC 1122 §3.3.2). As in Linux, fragments
 * that overlap others are an attack, and the whole datagram goes (RFC 5722 §4, which it applies to
 * IPv4, too); one that comes twice does no harm.
 */
import { NONE, type Outcome } from '../../contract/outcome';
import { entries, get, remove, set, type Table } from '../../contract/table';
import { NEVER, SECOND_NS, type Nanos } from '../../contract/time';
import { headerOctetsOf, type Packet } from '../../wire/ipv4';

type Piece = { readonly from: number; readonly octets: Uint8Array };

/** What has come of one datagram. */
type Partial = {
  /** In the order of their places, without overlaps. */
  readonly pieces: readonly Piece[];
  /** Octets of the whole payload, once its last fragment is here. */
  readonly total: number | null;
  /** The fragment at place 0, whose header the whole has. */
  readonly first: Packet | null;
  readonly heldOctets: number;
  /** One of them went to everybody: no ICMP error may answer it. */
  readonly broadcast: boolean;
  readonly expiresAtNs: Nanos;
};

export type State = {
  readonly partials: Table<Partial>;
  /** What they take together. */
  readonly heldOctets: number;
  /** When the oldest is given up, or sooner. */
  readonly wakeAt: Nanos;
};

export type Input =
  | { readonly kind: 'fragment'; readonly packet: Packet; readonly broadcast: boolean }
  | { readonly kind: 'wake' };

export type Effect =
  | { readonly kind: 'deliver'; readonly packet: Packet; readonly broadcast: boolean }
  /** Its time is over; its first fragment was here, and its sender is told (RFC 792, code 1). */
  | { readonly kind: 'expired'; readonly first: Packet; readonly broadcast: boolean };

export type Note =
  | { readonly kind: 'ignored'; readonly why: string }
  /** So many octets of a datagram are here, and others are missing. */
  | { readonly kind: 'kept'; readonly heldOctets: number; readonly total: number | null }
  | { readonly kind: 'reassembled'; readonly fragments: number; readonly lengthOctets: number }
  | { readonly kind: 'gaveUp'; readonly heldOctets: number };

type Next = Outcome<State, Effect, Note>;

/** Linux's net.ipv4.ipfrag_time and ipfrag_high_thresh. */
const PATIENCE_NS = 30 * SECOND_NS;
const MOST_OCTETS = 4 * 1024 * 1024;
/** What a fragment takes beside its octets, so that many small ones are no way round the limit. */
const OCTETS_BESIDE = 256;
const LONGEST_PACKET_OCTETS = 65_535;

const EMPTY = { pieces: NONE, total: null, first: null, heldOctets: 0, broadcast: false };

export const START: State = { partials: null, heldOctets: 0, wakeAt: NEVER };

/** RFC 791: these four tell datagrams apart. */
const keyOf = ({ source, destination, protocol, identification }: Packet): string =>
  `${source} ${destination} ${protocol} ${identification}`;

/** What it takes of the memory that fragments may have. */
const costOf = ({ heldOctets, pieces }: Partial): number =>
  heldOctets + pieces.length * OCTETS_BESIDE;

/**
 * With another partial of that key, or with none. The time to wake is never too late; when it is too
 * early the wake finds the right one.
 */
function replaced(state: State, key: string, partial: Partial | null): State {
  const known = get(state.partials, key);
  const gone = known === undefined ? 0 : costOf(known);
  const partials =
    partial === null ? remove(state.partials, key) : set(state.partials, key, partial);
  if (partials === null) return START;
  const heldOctets = state.heldOctets - gone + (partial === null ? 0 : costOf(partial));
  const wakeAt = Math.min(state.wakeAt, partial?.expiresAtNs ?? state.wakeAt);
  return { partials, heldOctets, wakeAt };
}

const ignored = (state: State, why: string): Next => ({
  state,
  effects: NONE,
  notes: [{ kind: 'ignored', why }],
});

export function step(state: State, input: Input, now: Nanos): Next {
  return input.kind === 'wake'
    ? expire(state, now)
    : take(state, input.packet, input.broadcast, now);
}

function expire(state: State, now: Nanos): Next {
  const effects: Effect[] = [];
  const notes: Note[] = [];
  let next = state;
  let wakeAt = NEVER;
  for (const [key, { expiresAtNs, first, heldOctets, broadcast }] of entries(state.partials)) {
    if (expiresAtNs > now) {
      wakeAt = Math.min(wakeAt, expiresAtNs);
      continue;
    }
    next = replaced(next, String(key), null);
    notes.push({ kind: 'gaveUp', heldOctets });
    if (first !== null) effects.push({ kind: 'expired', first, broadcast });
  }
  return { state: { ...next, wakeAt }, effects, notes };
}

/** What is wrong with a fragment by itself; null when nothing is. */
function flawOf(packet: Packet): string | null {
  const { payload, moreFragments, fragmentOffset } = packet;
  if (payload.length === 0) return 'a fragment without octets';
  if (moreFragments && payload.length % 8 !== 0)
    return 'a fragment that is not the last, and no multiple of 8 octets long';
  const end = headerOctetsOf(packet) + fragmentOffset + payload.length;
  return end > LONGEST_PACKET_OCTETS ? 'a fragment beyond the longest packet' : null;
}

const endOf = ({ from, octets }: Piece): number => from + octets.length;

const overlaps = (one: Piece, other: Piece): boolean =>
  one.from < endOf(other) && other.from < endOf(one);

const SAME = 'a fragment that is here already';
const OVERLAP = 'fragments overlap: their datagram is dropped';
const TWO_ENDS = 'fragments end in different places: their datagram is dropped';

/** How a fragment goes with those of its datagram that are here; null when it goes well. */
function conflictOf(known: Partial, piece: Piece, total: number | null): string | null {
  const other = known.pieces.find((each) => overlaps(each, piece));
  if (other !== undefined) {
    const isSame = other.from === piece.from && other.octets.length === piece.octets.length;
    return isSame ? SAME : OVERLAP;
  }
  if (total === null) return null;
  const isMoved = known.total !== null && known.total !== total;
  const isBeyond = [piece, ...known.pieces].some((each) => endOf(each) > total);
  return isMoved || isBeyond ? TWO_ENDS : null;
}

function take(state: State, packet: Packet, broadcast: boolean, now: Nanos): Next {
  const flaw = flawOf(packet);
  if (flaw !== null) return ignored(state, flaw);
  if (state.heldOctets + packet.payload.length + OCTETS_BESIDE > MOST_OCTETS)
    return ignored(state, 'fragments take too much memory');
  const key = keyOf(packet);
  const expiresAtNs = now + PATIENCE_NS;
  const known = get(state.partials, key) ?? { ...EMPTY, expiresAtNs };
  const piece: Piece = { from: packet.fragmentOffset, octets: packet.payload };
  const total = packet.moreFragments ? known.total : endOf(piece);
  const conflict = conflictOf(known, piece, total);
  if (conflict !== null)
    return conflict === SAME ? ignored(state, conflict) : dropped(state, key, conflict);
  return keep(state, key, {
    pieces: [...known.pieces, piece].sort((a, b) => a.from - b.from),
    total,
    first: piece.from === 0 ? packet : known.first,
    heldOctets: known.heldOctets + piece.octets.length,
    broadcast: known.broadcast || broadcast,
    expiresAtNs: known.expiresAtNs,
  });
}

function keep(state: State, key: string, partial: Partial): Next {
  const { heldOctets, total, first } = partial;
  if (heldOctets === total && first !== null) return whole(state, key, partial, first);
  const next = replaced(state, key, partial);
  return { state: next, effects: NONE, notes: [{ kind: 'kept', heldOctets, total }] };
}

function dropped(state: State, key: string, why: string): Next {
  return ignored(replaced(state, key, null), why);
}

function whole(state: State, key: string, partial: Partial, first: Packet): Next {
  const { pieces, heldOctets: lengthOctets, broadcast } = partial;
  const payload = new Uint8Array(lengthOctets);
  for (const { from, octets } of pieces) payload.set(octets, from);
  const packet: Packet = { ...first, moreFragments: false, fragmentOffset: 0, payload };
  return {
    state: replaced(state, key, null),
    effects: [{ kind: 'deliver', packet, broadcast }],
    notes: [{ kind: 'reassembled', fragments: pieces.length, lengthOctets }],
  };
}

const NOTHING_MORE = 'the others did not come in time';

/** `note` in plain words. */
export function sentence(note: Note): string {
  switch (note.kind) {
    case 'ignored':
      return `Ignored a fragment: ${note.why}.`;
    case 'kept':
      return `Kept a fragment: ${note.heldOctets} octets of ${note.total ?? 'who knows how many'} are here.`;
    case 'reassembled':
      return `Put ${note.fragments} fragments together: ${note.lengthOctets} octets.`;
    case 'gaveUp':
      return `Gave up a datagram of which ${note.heldOctets} octets are here: ${NOTHING_MORE}.`;
  }
}
