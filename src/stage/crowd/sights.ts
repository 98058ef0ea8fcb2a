/** What is to be seen of a world of many at a moment: a state for each computer, frames by cable. */
import { group } from 'd3-array';
import type { Span, WorldLayout } from '../../layout/world';
import type { HostSummary, Moment } from '../../session/protocol';
import { flightsShown, type Playhead, type ShownFlight } from '../scene';
import { toldOf, type Sign, type Signs } from '../signs';
import type { HostState, Rings } from './scene';

export function stateOf({ busy, processes }: HostSummary): HostState {
  if (busy) return 'works';
  if (processes.some(({ state }) => state !== 'exited')) return 'waits';
  return processes.length > 0 ? 'ended' : 'idle';
}

/** A computer in words, as the drawing says it without. */
export function nameOfHost(host: HostSummary, sign: Sign): string {
  const { title, address, doing, framesSent, framesReceived, interrupt } = host;
  const parts = [title, ...(address === '' ? [] : [address]), doing];
  const frames = `${framesSent} frames sent, ${framesReceived} received`;
  return toldOf([...parts, frames, ...(interrupt ? ['interrupt'] : [])].join(', '), sign);
}

/** Frames on all cables that have some, by the cable's name. */
export function flightsOnAll(
  moment: Moment,
  playhead: Playhead,
): ReadonlyMap<string, readonly ShownFlight[]> {
  const said = group(moment.notes, ({ part }) => part);
  const shown = new Map<string, readonly ShownFlight[]>();
  for (const [name, { flights }] of Object.entries(moment.cables)) {
    const notes = said.get(name) ?? [];
    if (flights.length === 0 && notes.length === 0) continue;
    const all = flightsShown({ ...moment, notes }, name, playhead);
    if (all.length > 0) shown.set(name, all);
  }
  return shown;
}

/** How many of a world's computers do what, and its frames: for one sentence about all. */
export function inAll(
  { hosts, cables }: Moment,
  flights: ReadonlyMap<string, readonly ShownFlight[]>,
): string {
  const works = hosts.filter(({ busy }) => busy).length;
  const cut = Object.values(cables).filter((cable) => cable.cut).length;
  const frames = [...flights.values()].reduce((sum, { length }) => sum + length, 0);
  const parts = [
    `${hosts.length} computers, ${works} at work`,
    `${Object.keys(cables).length} cables`,
    `${frames} ${frames === 1 ? 'frame' : 'frames'} under way`,
    ...(cut === 0 ? [] : [`${cut} cut`]),
  ];
  return parts.join(', ');
}

const hostsIn = (paths: Iterable<string>): ReadonlySet<string> =>
  new Set([...paths].map((path) => path.split('.')[0] ?? path));

/** What is said of parts is seen at their computers. */
export const ringsOf = (
  { focus, marked, picked, hinted }: Signs,
  hovered: string | null,
): Rings => ({
  hovered,
  pointed: hostsIn(focus),
  differing: hostsIn(marked),
  picked: hostsIn(picked),
  hinted: hostsIn(hinted),
});

/** Places in the list of hosts by name. */
export const placesOf = ({ hosts }: WorldLayout): ReadonlyMap<string, number> =>
  new Map(hosts.map(({ name }, place) => [name, place]));

/** The cables of each computer. */
export function linksOf({ cables }: WorldLayout): ReadonlyMap<string, readonly Span[]> {
  const links = new Map<string, Span[]>();
  for (const span of cables)
    for (const end of new Set(span.ends)) links.set(end, [...(links.get(end) ?? []), span]);
  return links;
}

export const titlesOf = ({ hosts }: Moment): ReadonlyMap<string, string> =>
  new Map(hosts.map(({ name, title }) => [name, title]));
