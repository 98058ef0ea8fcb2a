/** The moment before anything has happened: what is drawn until the engine answers. */
import { formatIpv4, parametersOf, START, type CableView, type Scenario } from '../../simulator';
import type { HostSummary, Moment } from '../session/protocol';

export function restingMoment({ slug, world, endsAtNs }: Scenario): Moment {
  const hosts = world.hosts.map((host): HostSummary => ({
    name: host.name,
    title: host.title,
    address: host.kind === 'computer' ? formatIpv4(host.address) : '',
    doing: 'off',
    busy: false,
    processor:
      host.kind === 'computer' && host.processor === 'rv32'
        ? { state: null, operation: null }
        : null,
    interrupt: false,
    processes: [],
    consoleTail: '',
    framesSent: 0,
    framesReceived: 0,
  }));
  const cables = world.cables.map((cable) => {
    const idle = { cut: false, armed: [], sent: 0, flights: [] };
    const view: CableView = { ends: cable.ends, parameters: parametersOf(cable), ...idle };
    return [cable.name, view] as const;
  });
  return {
    slug,
    seed: world.seed,
    at: START,
    timeNs: -1,
    fromNs: -1,
    nextNs: null,
    endsAtNs,
    events: 0,
    atStart: true,
    atEnd: false,
    grains: ['event'],
    hosts,
    cables: Object.fromEntries(cables),
    answers: {},
    moves: [],
    notes: [],
    passed: { moves: [], notes: [] },
    sentence: 'Nothing has happened yet.',
    log: [],
    inputs: [],
    verdicts: [],
    sources: {},
    knobs: {},
    turned: {},
    undoable: false,
    broken: null,
    beside: null,
  };
}
