/**
 * What is seen travelling at a moment: a pure function of the moment and the playhead. It keeps
 * nothing from one picture to the next.
 */
import { deviceAt, type CableView, type FlightView, type Move, type Note } from '../../simulator';
import { isInside, placeIn, valueOf } from '../session/inside';
import type { Moment } from '../session/protocol';
import type { ComputerBoxes } from '../layout/computer';
import type { Box, Point } from '../layout/geometry';
import { insideRoute, processBox, routeOf, type Through } from '../layout/routes';
import { hex } from '../ui/units';
import { inWaves } from '../session/waves';

export type Playhead = {
  /** Virtual time that is drawn; between two steps it runs from the one to the other. */
  readonly shownNs: number;
  /** Share of the current step that was shown, 0 to 1. */
  readonly phase: number;
};

export type ShownFlight = FlightView & {
  readonly share: number;
  /** Why it was lost, or null. */
  readonly lost: string | null;
};

const shareOf = (
  { departNs, arriveNs }: Pick<FlightView, 'departNs' | 'arriveNs'>,
  atNs: number,
): number =>
  arriveNs <= departNs ? 1 : Math.min(1, Math.max(0, (atNs - departNs) / (arriveNs - departNs)));

/** What a cable's notes tell of a frame. */
type Told = {
  readonly flight?: Omit<FlightView, 'id' | 'from' | 'to' | 'end'> & {
    readonly from: 0 | 1;
    /** Id of its own move. */
    readonly cause: string | null;
  };
  readonly why?: string;
};

/** What a note of a cable says about a frame that is no longer under way; null when nothing. */
function gone(note: Note, view: CableView, { shownNs }: Playhead): ShownFlight | null {
  if (note.kind !== 'arrived' && note.kind !== 'lost') return null;
  const { flight, why } = note.what as Told;
  if (flight === undefined) return null;
  const lost = note.kind === 'lost' ? (why ?? 'lost') : null;
  // What arrived is drawn until the playhead is there; what was lost, where it was lost.
  if (lost === null && shownNs >= flight.arriveNs) return null;
  const [a, b] = view.ends;
  const ends = flight.from === 0 ? { from: a, to: b } : { from: b, to: a };
  const share = shareOf(flight, lost === null ? shownNs : note.at.timeNs);
  return { ...flight, ...ends, id: flight.cause, end: flight.from, share, lost };
}

/** Frames on a cable: those under way, and those that arrived or were lost in this step. */
export function flightsShown(moment: Moment, cable: string, playhead: Playhead): ShownFlight[] {
  const view = moment.cables[cable];
  if (view === undefined) return [];
  const { shownNs } = playhead;
  const shown = view.flights.map((flight): ShownFlight => ({
    ...flight,
    share: shareOf(flight, shownNs),
    lost: null,
  }));
  for (const note of moment.notes) {
    const flight = note.part === cable ? gone(note, view, playhead) : null;
    if (flight === null || shown.some(({ number }) => number === flight.number)) continue;
    shown.push(flight);
  }
  return shown.filter(({ departNs }) => departNs <= shownNs);
}

export type Token = {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly line: readonly Point[];
  /** How far along its line it is, 0 to 1. */
  readonly share: number;
  /** A word inside the processor, where there is little room. */
  readonly small: boolean;
};

type Line = readonly Point[];

type What = {
  readonly name?: string;
  readonly kind?: string;
  readonly line?: string;
  readonly lengthOctets?: number;
};

/** A few letters for what travels. */
export function labelOf(move: Move): string {
  if (isInside(move)) return hex(valueOf(move), 8);
  const what = (move.what ?? {}) as What;
  switch (move.kind) {
    case 'call':
      return what.kind ?? 'call';
    case 'return':
      return what.name ?? 'return';
    case 'interrupt':
      return what.line === undefined ? 'interrupt' : `${what.line} interrupt`;
    case 'dma':
      return what.lengthOctets === undefined ? 'DMA' : `${what.lengthOctets} octets`;
    default:
      return move.kind;
  }
}

/** The pill of a process, or null when the kernel no longer has it. */
export function pillOf(
  moment: Moment,
  host: string,
  boxes: ComputerBoxes,
  pid: number,
): Box | null {
  const processes = moment.hosts.find(({ name }) => name === host)?.processes ?? [];
  const index = processes.findIndex((process) => process.pid === pid);
  return index < 0 ? null : processBox(boxes, index, processes.length);
}

/** Frames are the cable's; what else stays inside a part is for its room. */
function drawn(move: Move): boolean {
  const part = (path: string): string => path.split('.').slice(0, 2).join('.');
  return move.kind !== 'frame' && (isInside(move) || part(move.from) !== part(move.to));
}

/** What a word on the bus comes from or goes to: told by the address that went before it. */
function deviceOf(move: Move, moves: readonly Move[]): string | null {
  const [host] = move.from.split('.');
  const before = moves.slice(0, moves.indexOf(move) + 1);
  const address = before.findLast(
    ({ kind, from }) => kind === 'address' && from.startsWith(`${host}.`),
  );
  return address === undefined ? 'ram' : deviceAt(valueOf(address));
}

type Scene = {
  readonly moment: Moment;
  readonly host: string;
  readonly boxes: ComputerBoxes;
  readonly through: Through | null;
};

function routeOfMove(
  { moment, host, boxes, through }: Scene,
  move: Move,
  moves: readonly Move[],
): Line {
  const { from, to } = move;
  if (isInside(move))
    return insideRoute(boxes, placeIn(from), placeIn(to), deviceOf(move, moves), through);
  const processAt = (pid: number): Box | null => pillOf(moment, host, boxes, pid);
  const within = (path: string): string => path.split('.').slice(1).join('.');
  return routeOf(boxes, within(from), within(to), processAt);
}

/**
 * What travels inside one computer in this step; one wave after the other, in their order. `through`:
 * its processor's datapath, while that is looked at from near.
 */
export function tokensShown(
  moment: Moment,
  host: string,
  boxes: ComputerBoxes,
  { phase }: Playhead,
  through: Through | null = null,
): Token[] {
  const moves = moment.moves.filter(drawn);
  const scene = { moment, host, boxes, through };
  return inWaves(moves, phase).flatMap(({ move, share, current }): Token[] => {
    if (move.from.split('.')[0] !== host) return [];
    const small = isInside(move);
    // A processor is too small for the words that have arrived already.
    if (small && !current) return [];
    const line = routeOfMove(scene, move, moves);
    if (line.length === 0) return [];
    return [{ id: move.id, kind: move.kind, label: labelOf(move), line, share, small }];
  });
}

/** Parts of a computer of which something was said in this step: they are at work. */
export function workingParts(moment: Moment, host: string): ReadonlySet<string> {
  const said = moment.notes.map(({ part }) => part.split('.'));
  return new Set(said.filter(([name]) => name === host).map(([, part = '']) => part));
}

type Wire = { readonly view: CableView; readonly flights: readonly ShownFlight[] };

/** Is a computer on a cable that is whole, and is a frame of it under way. */
export function wiredTo(
  cables: readonly Wire[],
  host: string,
): { readonly linked: boolean; readonly onWire: boolean } {
  return {
    linked: cables.some(({ view }) => view.ends.includes(host) && !view.cut),
    onWire: cables.some(({ flights }) =>
      flights.some(({ from, to }) => from === host || to === host),
    ),
  };
}
