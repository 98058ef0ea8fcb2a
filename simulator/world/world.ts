/** Builds a world from its spec. */
import { costsWith } from '../contract/costs';
import { assert } from '../contract/outcome';
import { START } from '../contract/position';
import * as seen from '../contract/see';
import { streamOf } from '../bits/random';
import * as computer from '../host/computer';
import type { EngineName } from '../host/processor';
import * as outside from '../host/outside';
import * as cable from '../link/cable';
import * as agenda from './agenda';
import { rearm, transmit } from './carry';
import type { CablePart, ComputerPart, Part, SavedPart, World } from './parts';
import type { CableSpec, WorldSpec } from './spec';

/** Nothing has happened yet; every part's first wake is armed. Whichever engine, one run. */
export function create(spec: WorldSpec, engine: EngineName = 'fast'): World {
  const see = seen.create();
  const costs = costsWith(spec.costs);
  const numbers = new Map(spec.hosts.map((host, number) => [host.name, number]));
  const cables = spec.cables.map((each, index) => cablePart(spec, each, index, numbers));
  const parts: Part[] = [];
  const computers: ComputerPart[] = [];
  const count = spec.hosts.length + cables.length;
  const world: World = {
    spec,
    parts,
    computers,
    cables,
    numbers: new Map([...spec.hosts, ...spec.cables].map(({ name }, number) => [name, number])),
    versions: new Float64Array(count),
    kept: new Array<SavedPart | null>(count).fill(null),
    agenda: agenda.create(count),
    counts: new Float64Array(count),
    see,
    processors: spec.hosts.flatMap((host, number) =>
      host.kind === 'computer' && host.processor === 'rv32' ? [number] : [],
    ),
    at: START,
    inside: null,
    lastAlu: null,
    events: 0,
    work: 0,
    inputs: 0,
  };
  for (const host of spec.hosts) {
    const number = parts.length;
    if (host.kind === 'outside') {
      parts.push({ kind: 'outside', name: host.name, state: outside.START });
      continue;
    }
    const jack = cables.findIndex((part) => part.ends.includes(number));
    const bitsPerSecond = cables[jack]?.spec.bitsPerSecond ?? 100_000_000;
    const cableNumber = jack < 0 ? null : spec.hosts.length + jack;
    const at = computer.create(host, {
      number,
      engine,
      costs,
      see,
      bitsPerSecond,
      stream: streamOf(spec.seed, host.name),
      transmit: (octets, cause) => {
        if (cableNumber !== null) transmit(world, number, cableNumber, octets, cause);
      },
    });
    const part = { kind: 'computer', at } as const;
    parts.push(part);
    computers.push(part);
  }
  parts.push(...cables);
  for (let number = 0; number < parts.length; number++) rearm(world, number, 0);
  return world;
}

function cablePart(
  spec: WorldSpec,
  each: CableSpec,
  index: number,
  numbers: ReadonlyMap<string, number>,
): CablePart {
  const [a, b] = each.ends.map((name) => numbers.get(name));
  assert(a !== undefined && b !== undefined, `cable ${each.name} (${index}) joins two hosts`);
  const stream = streamOf(spec.seed, each.name);
  const state = cable.create(each, stream, each.bursts ?? null);
  return { kind: 'cable', spec: each, ends: [a, b], state };
}
