/** What a screen can ask of a moment: one question, one plain answer. */
import { idOrNull } from '../contract/see';
import type { Nanos } from '../contract/time';
import {
  consoleView,
  nicView,
  osView,
  processorView,
  ramView,
  type ConsoleView,
  type NicView,
  type OsView,
  type ProcessorView,
  type RamView,
} from '../host/view';
import type { AluUse, Latches } from '../host/inside';
import type { End, Fault, FaultKind } from '../link/cable';
import type { Parameters } from '../link/parameters';
import { nameOf, type CablePart, type ComputerPart, type World } from './parts';

export type FlightView = {
  /** Of the move that it is; null when nothing led to it. */
  readonly id: string | null;
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly end: End;
  readonly octets: Uint8Array;
  readonly departNs: Nanos;
  readonly arriveNs: Nanos;
  readonly faults: readonly FaultKind[];
};

export type CableView = {
  readonly ends: readonly [string, string];
  readonly parameters: Parameters;
  readonly cut: boolean;
  readonly armed: readonly Fault[];
  readonly sent: number;
  readonly flights: readonly FlightView[];
};

/** Questions by name: what they take, what they answer. */
type Views = {
  readonly nic: { readonly of: object; readonly answer: NicView };
  readonly ram: {
    readonly of: { readonly from: number; readonly lengthOctets: number };
    readonly answer: RamView;
  };
  readonly console: { readonly of: object; readonly answer: ConsoleView };
  readonly os: { readonly of: object; readonly answer: OsView };
  readonly processor: { readonly of: object; readonly answer: ProcessorView };
  readonly cable: { readonly of: object; readonly answer: CableView };
};

export type ViewName = keyof Views;
/** `part` is the name of a host or, for `cable`, of a cable. */
export type Query<V extends ViewName = ViewName> = {
  readonly [name in V]: { readonly view: name; readonly part: string } & Views[name]['of'];
}[V];
export type Answer<V extends ViewName = ViewName> = Views[V]['answer'];

function cableView(world: World, part: CablePart): CableView {
  const ends = part.ends.map((number) => nameOf(world.parts[number] as never));
  const names = [ends[0] ?? '', ends[1] ?? ''] as const;
  const { parameters, cut, armed, sent, flights } = part.state;
  return {
    ends: names,
    parameters,
    cut,
    armed: [...armed],
    sent,
    flights: flights.map(({ cause, number, from, octets, departNs, arriveNs, faults }) => ({
      id: idOrNull(cause),
      number,
      from: names[from],
      to: names[from === 0 ? 1 : 0],
      end: from,
      octets,
      departNs,
      arriveNs,
      faults,
    })),
  };
}

const insideOf = ({ inside }: World, number: number): Latches | null =>
  inside?.number === number ? inside.latches : null;

const lastAluOf = ({ lastAlu }: World, number: number): AluUse | null =>
  lastAlu?.number === number ? lastAlu.use : null;

function ofComputer(world: World, { at }: ComputerPart, query: Query): Answer | null {
  switch (query.view) {
    case 'nic':
      return nicView(at);
    case 'ram':
      return ramView(at, query.from, query.lengthOctets);
    case 'console':
      return consoleView(at);
    case 'os':
      return osView(at);
    case 'processor':
      return processorView(at, insideOf(world, at.number), lastAluOf(world, at.number));
    case 'cable':
      return null;
  }
}

/**
 * Goes up whenever the part of that name may have changed: answers about it, but of what the clock
 * does, are the same as long as it is the same. -1 when there is no such part.
 */
export const versionOf = ({ numbers, versions }: World, name: string): number =>
  versions[numbers.get(name) ?? -1] ?? -1;

/** Null when there is no such part, or it has no such view. */
export function look<V extends ViewName>(world: World, query: Query<V>): Answer<V> | null;
export function look(world: World, query: Query): Answer | null {
  const part = world.parts[world.numbers.get(query.part) ?? -1];
  if (part === undefined) return null;
  if (part.kind === 'cable') return query.view === 'cable' ? cableView(world, part) : null;
  return part.kind === 'computer' ? ofComputer(world, part, query) : null;
}
