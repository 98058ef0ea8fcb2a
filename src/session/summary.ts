/** What each host is doing at a moment, for the map: asked of the world by its public questions. */
import { formatIpv4, look, type Answer, type HostSpec, type run } from '../../simulator';
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

function ofComputer(world: World, host: Host, timeNs: number): HostSummary {
  const part = host.name;
  const os = look(world, { view: 'os', part });
  const nic = look(world, { view: 'nic', part });
  const processor = look(world, { view: 'processor', part });
  const console = look(world, { view: 'console', part });
  if (os === null || nic === null || console === null) return { ...host, ...NOTHING };
  const runs = os.processes.some(({ state }) => state === 'running');
  const begun = timeNs >= 0;
  const busy = begun && processor?.kind === 'modelled' && processor.busyUntilNs > timeNs;
  return {
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
}

export function summaryOf(world: World, spec: HostSpec, timeNs: number): HostSummary {
  const { name, title } = spec;
  if (spec.kind === 'outside') return { name, title, address: '', ...NOTHING };
  return ofComputer(world, { name, title, address: formatIpv4(spec.address) }, timeNs);
}
