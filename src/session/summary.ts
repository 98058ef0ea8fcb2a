/**
 * What each host and each cable is doing at a moment, for the map: asked of the world by its public
 * questions. What has not changed since the moment before is the same object again, so that of a
 * thousand hosts only those are asked, sent and drawn that did something.
 */
import {
  formatIpv4,
  look,
  versionOf,
  type Answer,
  type CableView,
  type HostSpec,
  type run,
} from '../../simulator';
import type { HostSummary, ProcessorSummary } from './protocol';

type World = run.Run['world'];
type OsView = Answer<'os'>;

const TAIL_CHARACTERS = 600;

const NOTHING: Omit<HostSummary, 'name' | 'title' | 'address'> = {
  doing: 'outside the simulation',
  busy: false,
  processor: null,
  interrupt: false,
  processes: [],
  consoleTail: '',
  framesSent: 0,
  framesReceived: 0,
};

/** Of its processes, the one that says most: who runs, then who waits, then who has ended. */
function doingOf(processes: OsView['processes'], busy: boolean): string {
  const running = processes.find(({ state }) => state === 'running');
  if (running !== undefined) return `running ${running.name}`;
  if (busy) return 'the kernel at work';
  const ready = processes.find(({ state }) => state === 'ready');
  if (ready !== undefined) return `about to run ${ready.name}`;
  const waiting = processes.find(({ waits }) => waits.length > 0);
  const wait = waiting?.waits.at(-1);
  if (waiting !== undefined && wait !== undefined) return `${waiting.name} waits in ${wait.call}`;
  const ended = processes.find(({ state }) => state === 'exited');
  return ended === undefined ? 'idle' : `idle; ${ended.name} has ended`;
}

function insideOf(view: Answer<'processor'> | null): ProcessorSummary | null {
  if (view?.kind !== 'rv32') return null;
  return { state: view.inside?.state ?? null, operation: view.alu?.operation ?? null };
}

type Host = Pick<HostSummary, 'name' | 'title' | 'address'>;

/** `busyUntilNs`: it is as it is while the clock stays on its side of that. */
type Told = { readonly summary: HostSummary; readonly busyUntilNs: number };

function ofComputer(world: World, host: Host, timeNs: number): Told {
  const part = host.name;
  const os = look(world, { view: 'os', part });
  const nic = look(world, { view: 'nic', part });
  const processor = look(world, { view: 'processor', part });
  const console = look(world, { view: 'console', part });
  if (os === null || nic === null || console === null) return still({ ...host, ...NOTHING });
  const runs = os.processes.some(({ state }) => state === 'running');
  const begun = timeNs >= 0;
  const busyUntilNs = processor?.kind === 'modelled' ? processor.busyUntilNs : 0;
  const busy = begun && busyUntilNs > timeNs;
  const summary = {
    ...host,
    doing: begun ? doingOf(os.processes, busy) : 'about to start',
    busy: busy || runs,
    processor: insideOf(processor),
    interrupt: nic.interrupt,
    processes: os.processes.map(({ pid, name, state }) => ({ pid, name, state })),
    consoleTail: console.text.slice(-TAIL_CHARACTERS),
    framesSent: nic.counters.sent,
    framesReceived: nic.counters.received,
  };
  return { summary, busyUntilNs };
}

const still = (summary: HostSummary): Told => ({ summary, busyUntilNs: 0 });

function told(world: World, spec: HostSpec, timeNs: number): Told {
  const { name, title } = spec;
  if (spec.kind === 'outside') return still({ name, title, address: '', ...NOTHING });
  return ofComputer(world, { name, title, address: formatIpv4(spec.address) }, timeNs);
}

/** What was said of a world's parts last, by name, and of which version of each. */
type Said = {
  readonly hosts: Map<string, Told & { readonly version: number; readonly timeNs: number }>;
  readonly cables: Map<string, { readonly view: CableView; readonly version: number }>;
};
const said = new WeakMap<World, Said>();

function saidOf(world: World): Said {
  const known = said.get(world) ?? { hosts: new Map(), cables: new Map() };
  said.set(world, known);
  return known;
}

export function summaryOf(world: World, spec: HostSpec, timeNs: number): HostSummary {
  const { hosts } = saidOf(world);
  const version = versionOf(world, spec.name);
  const known = hosts.get(spec.name);
  const side = (atNs: number, busyUntilNs: number): number =>
    atNs < 0 ? -1 : Number(atNs < busyUntilNs);
  if (
    known?.version === version &&
    side(known.timeNs, known.busyUntilNs) === side(timeNs, known.busyUntilNs)
  )
    return known.summary;
  const now = { ...told(world, spec, timeNs), version, timeNs };
  hosts.set(spec.name, now);
  return now.summary;
}

export function cableOf(world: World, name: string): CableView | null {
  const { cables } = saidOf(world);
  const version = versionOf(world, name);
  const known = cables.get(name);
  if (known?.version === version) return known.view;
  const view = look(world, { view: 'cable', part: name });
  if (view !== null) cables.set(name, { view, version });
  return view;
}
