/** What a part is doing at this moment, in one sentence. */
import type { HostSummary, Moment } from '../session/protocol';
import type { Place, RoomKind } from './parts';

const plural = (count: number, name: string): string =>
  `${count === 0 ? 'No' : count} ${name}${count === 1 ? '' : 's'}`;

function cableNow(moment: Moment, name: string): string {
  const cable = moment.cables[name];
  if (cable === undefined) return '';
  if (cable.cut) return 'It is cut: every frame that is sent is lost.';
  return `${plural(cable.flights.length, 'frame')} under way.`;
}

function memoryNow(host: HostSummary, moment: Moment): string {
  const dma = moment.moves.find(
    ({ kind, from }) => kind === 'dma' && from.startsWith(`${host.name}.`),
  );
  if (dma === undefined) return 'No direct memory access in this step.';
  return dma.from.endsWith('.ram')
    ? 'The network interface fetched a frame from it.'
    : 'The network interface stored a frame in it.';
}

function systemNow({ processes, busy, doing }: HostSummary): string {
  const program = processes.some(({ name, state }) => state === 'running' && doing.endsWith(name));
  const kernel = program ? 'the kernel waits for its next call, or for an interrupt' : doing;
  const working = busy ? kernel : 'it waits for an interrupt';
  if (processes.length === 0) return `No process; ${working}.`;
  const states = processes.map(({ name, state }) =>
    state === 'exited' ? `${name} has ended` : `${name} is ${state}`,
  );
  return `${states.join(', ')}; ${working}.`;
}

type Words = (host: HostSummary, moment: Moment) => string;

const processorNow: Words = ({ busy, doing }) =>
  busy ? `Occupied: ${doing}.` : 'Idle: it waits for an interrupt.';

const WORDS: Readonly<Record<Exclude<RoomKind, 'cable'>, Words>> = {
  os: systemNow,
  cpu: processorNow,
  control: processorNow,
  alu: processorNow,
  ram: memoryNow,
  nic: ({ framesSent, framesReceived, interrupt }) =>
    `${plural(framesSent, 'frame')} sent, ${framesReceived} received; its interrupt line is ${interrupt ? 'raised' : 'quiet'}.`,
  console: ({ consoleTail }) =>
    consoleTail === '' ? 'Nothing was printed yet.' : 'It shows what was printed so far.',
};

export function nowOf({ owner, kind }: Place, moment: Moment): string {
  if (kind === 'cable') return cableNow(moment, owner);
  const host = moment.hosts.find(({ name }) => name === owner);
  return host === undefined ? '' : WORDS[kind](host, moment);
}
