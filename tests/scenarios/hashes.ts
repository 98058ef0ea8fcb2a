/**
 * What a scenario's run must hash to, wherever it is run: tests/golden/hashes.json keeps it for
 * every scenario of the catalogue. Needs neither Node nor a browser.
 */
import {
  compare,
  createWorld,
  endOf,
  format,
  hash,
  proceedWorld,
  type EngineName,
  type Position,
  type Scenario,
} from '../../simulator';
import { hashPlain } from '../../simulator/bits/canonical';
import { shortHex } from '../../simulator/bits/murmur';
import type { World } from '../../simulator/world/parts';
import { next, pop } from '../../simulator/world/loop';
import { isBig } from './portion';

export type Hashes = {
  readonly events: number;
  /** Of the moment at the scenario's end. */
  readonly final: string;
  /** How many moments on the way there went into `along`. */
  readonly moments: number;
  readonly along: string;
};

/** Of the instructions after an event, how many are done one at a time. */
const ONE_BY_ONE = 12;

/** One event or instruction; null when there is none up to and with `until`. */
function single(world: World, until: Position): Position | null {
  const at = next(world);
  if (at === null || compare(at, until) > 0) return null;
  pop(world, at);
  return world.at;
}

/**
 * The moments after every event, and after each of the first instructions that follow it; of a big
 * world, after one in so many events.
 */
export function hashesOf(scenario: Scenario, engine: EngineName): Hashes {
  const { world: spec, endsAtNs } = scenario;
  const stride = isBig(scenario) ? 2 * spec.hosts.length : 1;
  const world = createWorld(spec, engine);
  const until = endOf(endsAtNs);
  const along: string[] = [];
  let events = -1;
  let left = 0;
  for (;;) {
    if (world.events > events && stride === 1) left = ONE_BY_ONE;
    events = world.events;
    const at = left > 0 ? single(world, until) : null;
    left -= 1;
    if (at !== null) along.push(`${format(at)} ${hash(world)}`);
    else if (!proceedWorld(world, until)) break;
    else if (world.events > events && world.events % stride === 0)
      along.push(`${format(world.at)} ${hash(world)}`);
  }
  const digest = shortHex(hashPlain(along));
  return { events, final: hash(world), moments: along.length, along: digest };
}

export function allHashes(
  scenarios: readonly Scenario[],
  engine: EngineName,
): Readonly<Record<string, Hashes>> {
  return Object.fromEntries(scenarios.map((each) => [each.slug, hashesOf(each, engine)]));
}
