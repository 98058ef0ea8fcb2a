/**
 * A full-duplex Ethernet cable: frames travel both ways at once, each direction in order, at the
 * line rate and at two thirds of the speed of light (5 ns a metre), as in twisted pairs. Faults
 * are done to a frame that is under way, or wait for the next one. Octets that were sent are never
 * changed: a corrupted frame is another frame.
 */
import type { Cause } from '../contract/see';
import { NONE, unreachable } from '../contract/outcome';
import { NEVER, type Nanos } from '../contract/time';
import { drawBelow, type Stream } from '../bits/random';
import { flipBit } from '../bits/words';
import { fateOf, isGood, type Fate } from './chance';
import {
  parametersOf,
  type Bursts,
  type CableParameter,
  type GivenParameters,
  type Parameters,
} from './parameters';

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
  /** Bits that are other than they were sent. */
  readonly flipped?: readonly number[];
  readonly cause: Cause | null;
};

export type Fault =
  | { readonly kind: 'drop' }
  /** Flips one bit: the given one, counted from the first octet's lowest, or a random one. */
  | { readonly kind: 'corrupt'; readonly bit?: number }
  | { readonly kind: 'delay'; readonly delayNs: number }
  | { readonly kind: 'duplicate' };

export type FaultKind = Fault['kind'];

/** Hot: mutated in place here, and nowhere else; a checkpoint is a {@link copy}. */
export type Cable = {
  parameters: Parameters;
  readonly bursts: Bursts | null;
  /** In a burst, for frames from the one end and from the other. */
  readonly bad: [boolean, boolean];
  /** When the line is free again, for each end: frames of a computer's interface never wait here. */
  readonly freeNs: [Nanos, Nanos];
  cut: boolean;
  /** Under way, soonest arrival first. */
  readonly flights: Flight[];
  /** Faults that wait for the next frame, in the order they were asked for. */
  readonly armed: Fault[];
  /** Frames handed to the cable (copies by a fault included), frames that came out, frames lost. */
  sent: number;
  arrived: number;
  lost: number;
  /** Of those that came out, how many are not as they were sent. */
  corrupted: number;
  stream: Stream;
};

/** What somebody outside does to it. */
export type Input =
  /** `frame` is the number of one under way; without it the fault waits for the next. */
  | { readonly kind: 'fault'; readonly fault: Fault; readonly frame?: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'mend' }
  | {
      readonly kind: 'set';
      readonly field: CableParameter;
      readonly value: number;
    };

export type Note =
  | { readonly kind: 'arrived'; readonly flight: Flight }
  | { readonly kind: 'lost'; readonly flight: Flight; readonly why: string }
  | { readonly kind: 'faulted'; readonly flight: Flight; readonly fault: Fault }
  | { readonly kind: 'armed'; readonly fault: Fault }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'cut' | 'mended' }
  | {
      readonly kind: 'changed';
      readonly field: CableParameter;
      readonly value: number;
    };

const NANOSECONDS_PER_METRE = 5;
/** Preamble and start delimiter (IEEE 802.3 §3.1.1). */
const PREAMBLE_OCTETS = 8;
/** Between two frames (IEEE 802.3 §4.4.2). */
const GAP_OCTETS = 12;

export function create(
  given: GivenParameters,
  stream: Stream,
  bursts: Bursts | null = null,
): Cable {
  return {
    parameters: parametersOf(given),
    bursts,
    bad: [false, false],
    freeNs: [0, 0],
    cut: false,
    flights: [],
    armed: [],
    sent: 0,
    arrived: 0,
    lost: 0,
    corrupted: 0,
    stream,
  };
}

/** Shares nothing that changes with `cable`. */
export function copy(cable: Cable): Cable {
  const { flights, armed, bad, freeNs } = cable;
  const own = { flights: [...flights], armed: [...armed] };
  return { ...cable, ...own, bad: [bad[0], bad[1]], freeNs: [freeNs[0], freeNs[1]] };
}

/** Makes `into` equal to `from`, which stays as it is. */
export function restore(into: Cable, from: Cable): void {
  const { flights, armed, bad, freeNs } = into;
  flights.splice(0, flights.length, ...from.flights);
  armed.splice(0, armed.length, ...from.armed);
  bad.splice(0, 2, ...from.bad);
  freeNs.splice(0, 2, ...from.freeNs);
  Object.assign(into, { ...from, flights, armed, bad, freeNs });
}

export function wakeAt({ flights }: Cable): Nanos {
  return flights[0]?.arriveNs ?? NEVER;
}

/** How long octets stand on the line, ns. */
const lineNs = (octets: number, bitsPerSecond: number): number =>
  Math.ceil((octets * 8 * 1_000_000_000) / bitsPerSecond);

/** From the first bit leaving to the last bit arriving, ns. */
export function transitNs({ parameters }: Cable, lengthOctets: number): number {
  const { bitsPerSecond, lengthMetres, delayNs } = parameters;
  const onLineNs = lineNs(PREAMBLE_OCTETS + lengthOctets, bitsPerSecond);
  return onLineNs + Math.max(1, Math.round(lengthMetres * NANOSECONDS_PER_METRE + delayNs));
}

/** Stable: of two that arrive together, the one that left first comes first. */
function insert(flights: Flight[], flight: Flight): void {
  let at = flights.length;
  while (at > 0 && (flights[at - 1] as Flight).arriveNs > flight.arriveNs) at -= 1;
  if (at === flights.length) flights.push(flight);
  else flights.splice(at, 0, flight);
}

function replace(flights: Flight[], flight: Flight, ...others: readonly Flight[]): void {
  flights.splice(flights.indexOf(flight), 1);
  for (const other of others) insert(flights, other);
}

const toggled = (bits: readonly number[], bit: number): readonly number[] =>
  bits.includes(bit) ? bits.filter((other) => other !== bit) : [...bits, bit];

/** A frame is never changed: the corrupted one is another. */
function corrupt(cable: Cable, flight: Flight, bit: number | undefined): readonly Note[] {
  const bits = flight.octets.length * 8;
  const drawn = drawBelow(cable.stream, bits);
  cable.stream = drawn.stream;
  const at = bit === undefined || bit < 0 || bit >= bits ? drawn.value : Math.floor(bit);
  const octets = flipBit(flight.octets, at);
  const faults = [...flight.faults, 'corrupt'] as const;
  const changed: Flight = {
    ...flight,
    octets,
    faults,
    flipped: toggled(flight.flipped ?? NONE, at),
  };
  cable.flights[cable.flights.indexOf(flight)] = changed;
  return [{ kind: 'faulted', flight: changed, fault: { kind: 'corrupt', bit: at } }];
}

function apply(cable: Cable, flight: Flight, fault: Fault): readonly Note[] {
  const { flights } = cable;
  const faulted = { ...flight, faults: [...flight.faults, fault.kind] };
  switch (fault.kind) {
    case 'drop':
      replace(flights, flight);
      cable.lost += 1;
      return [{ kind: 'lost', flight, why: 'dropped by hand' }];
    case 'corrupt':
      return corrupt(cable, flight, fault.bit);
    case 'delay':
      replace(flights, flight, {
        ...faulted,
        arriveNs: flight.arriveNs + Math.max(1, fault.delayNs),
      });
      return [{ kind: 'faulted', flight, fault }];
    case 'duplicate': {
      // It follows at once: the path takes as long for both.
      const behindNs = transitNs(cable, flight.octets.length) - cable.parameters.delayNs;
      const arriveNs = flight.arriveNs + Math.max(1, behindNs);
      replace(flights, flight, faulted, { ...faulted, number: cable.sent, arriveNs });
      cable.sent += 1;
      return [{ kind: 'faulted', flight, fault }];
    }
    default:
      return unreachable(fault);
  }
}

/**
 * A frame leaves end `from`; {@link enter} puts it on the way. Both and {@link arrive} are called
 * for each frame, so they answer with nothing but the frame and what is out of the ordinary.
 */
export function depart(
  cable: Cable,
  from: End,
  octets: Uint8Array,
  now: Nanos,
  cause: Cause | null,
): Flight {
  const { sent: number, freeNs, parameters } = cable;
  const departNs = Math.max(now, freeNs[from]);
  const whole = PREAMBLE_OCTETS + octets.length + GAP_OCTETS;
  freeNs[from] = departNs + lineNs(whole, parameters.bitsPerSecond);
  const arriveNs = departNs + transitNs(cable, octets.length);
  cable.sent += 1;
  return { number, from, octets, departNs, arriveNs, faults: NONE, cause };
}

/** What chance does to a frame; the cable remembers what of it goes on. */
function befall(cable: Cable, { from }: Flight): Fate | null {
  const { parameters, bursts, bad } = cable;
  if (isGood(parameters, bursts)) return null;
  const fate = fateOf(parameters, bursts, bad[from], cable.stream);
  cable.stream = fate.stream;
  bad[from] = fate.isBad;
  return fate;
}

/** What becomes of a frame that has departed, where that is not just its way. */
export function enter(cable: Cable, flight: Flight): readonly Note[] {
  if (cable.cut) {
    cable.lost += 1;
    return [{ kind: 'lost', flight, why: 'the cable is cut' }];
  }
  const fate = befall(cable, flight);
  if (fate?.lost != null) {
    cable.lost += 1;
    return [{ kind: 'lost', flight, why: fate.lost }];
  }
  const laterNs = fate?.laterNs ?? 0;
  insert(
    cable.flights,
    laterNs === 0 ? flight : { ...flight, arriveNs: flight.arriveNs + laterNs },
  );
  const byHand = cable.armed.shift();
  if (byHand === undefined && fate === null) return NONE;
  const faults = fate === null ? [] : faultsOf(fate);
  if (byHand !== undefined) faults.push(byHand);
  return faults.flatMap((fault) => again(cable, flight.number, fault));
}

function faultsOf({ isDamaged, isDoubled }: Fate): Fault[] {
  const faults: Fault[] = isDamaged ? [{ kind: 'corrupt' }] : [];
  if (isDoubled) faults.push({ kind: 'duplicate' });
  return faults;
}

/** One fault more to the frame of that number, as the ones before it have left it. */
function again(cable: Cable, number: number, fault: Fault): readonly Note[] {
  const flight = underWay(cable, number);
  return flight === undefined ? NONE : apply(cable, flight, fault);
}

/** The frame of that number as it is now, while it is under way. */
export const underWay = ({ flights }: Cable, number: number): Flight | undefined =>
  flights.find((flight) => flight.number === number);

/** The copy that a fault has just made: from now on what it leads to is led to by `cause`. */
export function adopt({ flights, sent }: Cable, cause: Cause): Flight {
  const place = flights.findIndex(({ number }) => number === sent - 1);
  const copied: Flight = { ...(flights[place] as Flight), cause };
  flights[place] = copied;
  return copied;
}

/** The next frame that is at its end by `now`: the caller delivers it, and says that it arrived. */
export function arrive(cable: Cable, now: Nanos): Flight | null {
  const flight = cable.flights[0];
  if (flight === undefined || flight.arriveNs > now) return null;
  cable.flights.shift();
  cable.arrived += 1;
  if (flight.flipped !== undefined && flight.flipped.length > 0) cable.corrupted += 1;
  return flight;
}

function doFault(cable: Cable, input: Extract<Input, { kind: 'fault' }>): readonly Note[] {
  const { fault, frame } = input;
  if (frame === undefined) {
    cable.armed.push(fault);
    return [{ kind: 'armed', fault }];
  }
  const flight = underWay(cable, frame);
  if (flight !== undefined) return apply(cable, flight, fault);
  return [{ kind: 'ignored', why: `frame ${frame} is not under way` }];
}

function cutOff(cable: Cable): readonly Note[] {
  const why = 'the cable was cut';
  const lost = cable.flights.map((flight): Note => ({ kind: 'lost', flight, why }));
  cable.cut = true;
  cable.lost += cable.flights.length;
  cable.flights.length = 0;
  return [{ kind: 'cut' }, ...lost];
}

/** Changes `cable`; answers why. */
export function step(cable: Cable, input: Input): readonly Note[] {
  switch (input.kind) {
    case 'fault':
      return doFault(cable, input);
    case 'cut':
      return cutOff(cable);
    case 'mend':
      cable.cut = false;
      return [{ kind: 'mended' }];
    case 'set': {
      const { field, value } = input;
      cable.parameters = { ...cable.parameters, [field]: value };
      return [{ kind: 'changed', field, value }];
    }
    default:
      return unreachable(input);
  }
}
