/**
 * A full-duplex Ethernet cable: frames travel both ways at once, each direction in order, at the
 * line rate and at two thirds of the speed of light (IEEE 802.3 clause 14; 5 ns a metre). Faults
 * are done to a frame that is under way, or wait for the next one. Octets that were sent are never
 * changed: a corrupted frame is another frame.
 */
import type { Id } from '../contract/seen';
import { NONE, unreachable, type Outcome } from '../contract/outcome';
import { NEVER, type Nanos } from '../contract/time';
import { drawBelow, type Stream } from '../bits/random';
import { flipBit } from '../bits/words';

/** Which end: the first or the second of the topology's pair. */
export type End = 0 | 1;

export type Flight = {
  readonly number: number;
  readonly from: End;
  readonly octets: Uint8Array;
  readonly departNs: Nanos;
  /** When the last bit reaches the other end. */
  readonly arriveNs: Nanos;
  /** What was done to it, for whoever looks. */
  readonly faults: readonly FaultKind[];
  readonly cause: Id | null;
};

export type Fault =
  | { readonly kind: 'drop' }
  /** Flips one bit: the given one, counted from the first octet's lowest, or a random one. */
  | { readonly kind: 'corrupt'; readonly bit?: number }
  | { readonly kind: 'delay'; readonly delayNs: number }
  | { readonly kind: 'duplicate' };

export type FaultKind = Fault['kind'];

export type State = {
  readonly bitsPerSecond: number;
  readonly lengthMetres: number;
  readonly cut: boolean;
  /** Under way, soonest arrival first. */
  readonly flights: readonly Flight[];
  /** Faults that wait for the next frame, in the order they were asked for. */
  readonly armed: readonly Fault[];
  /** Frames handed to the cable (copies by a fault included), frames that came out, frames lost. */
  readonly sent: number;
  readonly arrived: number;
  readonly lost: number;
  /** Of those that came out, how many a fault had corrupted. */
  readonly corrupted: number;
  readonly stream: Stream;
};

export type Input =
  | {
      readonly kind: 'transmit';
      readonly from: End;
      readonly octets: Uint8Array;
      readonly cause: Id | null;
    }
  | { readonly kind: 'wake' }
  /** `frame` is the number of one under way; without it the fault waits for the next. */
  | { readonly kind: 'fault'; readonly fault: Fault; readonly frame?: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'mend' };

export type Effect = { readonly kind: 'deliver'; readonly flight: Flight };

export type Note =
  | { readonly kind: 'departed' | 'arrived'; readonly flight: Flight }
  | { readonly kind: 'lost'; readonly flight: Flight; readonly why: string }
  | { readonly kind: 'faulted'; readonly flight: Flight; readonly fault: Fault }
  | { readonly kind: 'armed'; readonly fault: Fault }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'cut' | 'mended' };

type Next = Outcome<State, Effect, Note>;

const NANOSECONDS_PER_METRE = 5;
/** Preamble and start delimiter (IEEE 802.3 §3.1.1). */
const PREAMBLE_OCTETS = 8;

export function create(bitsPerSecond: number, lengthMetres: number, stream: Stream): State {
  const counters = { sent: 0, arrived: 0, lost: 0, corrupted: 0 };
  return {
    bitsPerSecond,
    lengthMetres,
    cut: false,
    flights: NONE,
    armed: NONE,
    ...counters,
    stream,
  };
}

export function wakeAt(state: State): Nanos {
  return state.flights[0]?.arriveNs ?? NEVER;
}

/** From the first bit leaving to the last bit arriving, ns. */
export function transitNs(state: State, lengthOctets: number): number {
  const bits = (PREAMBLE_OCTETS + lengthOctets) * 8;
  const lineNs = Math.ceil((bits * 1_000_000_000) / state.bitsPerSecond);
  return lineNs + Math.max(1, Math.round(state.lengthMetres * NANOSECONDS_PER_METRE));
}

/** Stable: of two that arrive together, the one that left first comes first. */
function insert(flights: readonly Flight[], flight: Flight): readonly Flight[] {
  let at = flights.length;
  while (at > 0 && (flights[at - 1] as Flight).arriveNs > flight.arriveNs) at -= 1;
  return [...flights.slice(0, at), flight, ...flights.slice(at)];
}

function without(state: State, flight: Flight): State {
  return { ...state, flights: state.flights.filter((other) => other !== flight) };
}

function corrupted(state: State, flight: Flight, bit: number | undefined): Next {
  const bits = flight.octets.length * 8;
  const drawn = drawBelow(state.stream, bits);
  const at = bit === undefined || bit < 0 || bit >= bits ? drawn.value : Math.floor(bit);
  const changed: Flight = {
    ...flight,
    octets: flipBit(flight.octets, at),
    faults: [...flight.faults, 'corrupt'],
  };
  const flights = state.flights.map((other) => (other === flight ? changed : other));
  const fault: Fault = { kind: 'corrupt', bit: at };
  return {
    state: { ...state, flights, stream: drawn.stream },
    effects: NONE,
    notes: [{ kind: 'faulted', flight: changed, fault }],
  };
}

function applied(state: State, flight: Flight, fault: Fault): Next {
  const faults = [...flight.faults, fault.kind];
  const notes: readonly Note[] = [{ kind: 'faulted', flight, fault }];
  const rest = without(state, flight);
  switch (fault.kind) {
    case 'drop':
      return {
        state: { ...rest, lost: state.lost + 1 },
        effects: NONE,
        notes: [{ kind: 'lost', flight, why: 'dropped by hand' }],
      };
    case 'corrupt':
      return corrupted(state, flight, fault.bit);
    case 'delay': {
      const late = { ...flight, faults, arriveNs: flight.arriveNs + Math.max(1, fault.delayNs) };
      return { state: { ...rest, flights: insert(rest.flights, late) }, effects: NONE, notes };
    }
    case 'duplicate': {
      const behindNs = transitNs(state, flight.octets.length);
      const first = { ...flight, faults };
      const twin = { ...first, number: state.sent, arriveNs: flight.arriveNs + behindNs };
      const flights = insert(insert(rest.flights, first), twin);
      return { state: { ...rest, flights, sent: state.sent + 1 }, effects: NONE, notes };
    }
    default:
      return unreachable(fault);
  }
}

function transmitted(state: State, input: Extract<Input, { kind: 'transmit' }>, now: Nanos): Next {
  const { from, octets, cause } = input;
  const arriveNs = now + transitNs(state, octets.length);
  const flight: Flight = {
    number: state.sent,
    from,
    octets,
    departNs: now,
    arriveNs,
    faults: NONE,
    cause,
  };
  const sent = { ...state, sent: state.sent + 1 };
  const departed: Note = { kind: 'departed', flight };
  if (state.cut) {
    const lost: Note = { kind: 'lost', flight, why: 'the cable is cut' };
    return { state: { ...sent, lost: state.lost + 1 }, effects: NONE, notes: [departed, lost] };
  }
  const flown = { ...sent, flights: insert(state.flights, flight) };
  const [fault, ...armed] = state.armed;
  if (fault === undefined) return { state: flown, effects: NONE, notes: [departed] };
  const next = applied({ ...flown, armed }, flight, fault);
  return { ...next, notes: [departed, ...next.notes] };
}

function arrived(state: State, now: Nanos): Next {
  const flight = state.flights[0];
  if (flight === undefined || flight.arriveNs > now) return { state, effects: NONE, notes: NONE };
  const corrupted = state.corrupted + (flight.faults.includes('corrupt') ? 1 : 0);
  return {
    state: { ...state, flights: state.flights.slice(1), arrived: state.arrived + 1, corrupted },
    effects: [{ kind: 'deliver', flight }],
    notes: [{ kind: 'arrived', flight }],
  };
}

function faulted(state: State, input: Extract<Input, { kind: 'fault' }>): Next {
  const { fault, frame } = input;
  if (frame === undefined)
    return {
      state: { ...state, armed: [...state.armed, fault] },
      effects: NONE,
      notes: [{ kind: 'armed', fault }],
    };
  const flight = state.flights.find((other) => other.number === frame);
  if (flight !== undefined) return applied(state, flight, fault);
  const why = `frame ${frame} is not under way`;
  return { state, effects: NONE, notes: [{ kind: 'ignored', why }] };
}

export function step(state: State, input: Input, now: Nanos): Next {
  switch (input.kind) {
    case 'transmit':
      return transmitted(state, input, now);
    case 'wake':
      return arrived(state, now);
    case 'fault':
      return faulted(state, input);
    case 'cut': {
      const why = 'the cable was cut';
      const lost = state.flights.map((flight): Note => ({ kind: 'lost', flight, why }));
      const counts = { flights: NONE, lost: state.lost + lost.length };
      return {
        state: { ...state, cut: true, ...counts },
        effects: NONE,
        notes: [{ kind: 'cut' }, ...lost],
      };
    }
    case 'mend':
      return { state: { ...state, cut: false }, effects: NONE, notes: [{ kind: 'mended' }] };
    default:
      return unreachable(input);
  }
}
