/**
 * What of a scenario is walked step by step. Computers that no cable joins do not meet, so of a
 * world of many groups those that its story tells of, and the first, run as they do among all.
 */
import type { Scenario } from '../../simulator';

/** A world up to this size is walked whole. */
const MOST_PARTS = 24;

export const isBig = ({ world }: Scenario): boolean =>
  world.hosts.length + world.cables.length > MOST_PARTS;

/** All texts in `value`, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** `names` and everybody who is joined to one of them. */
function joinedTo({ world }: Scenario, names: Iterable<string>): ReadonlySet<string> {
  const joined = new Set(names);
  for (let before = -1; before < joined.size;) {
    before = joined.size;
    for (const { name, ends } of world.cables)
      if ([name, ...ends].some((each) => joined.has(each)))
        for (const each of [name, ...ends]) joined.add(each);
  }
  return joined;
}

export function portionOf(scenario: Scenario): Scenario {
  if (!isBig(scenario)) return scenario;
  const { world, chapters } = scenario;
  const told = textsIn(chapters).map((text) => text.split('.')[0] ?? '');
  const names = new Set([...world.hosts, ...world.cables].map(({ name }) => name));
  const first = world.hosts[0]?.name ?? '';
  const kept = joinedTo(scenario, [first, ...told.filter((name) => names.has(name))]);
  return {
    ...scenario,
    world: {
      ...world,
      hosts: world.hosts.filter(({ name }) => kept.has(name)),
      cables: world.cables.filter(({ name }) => kept.has(name)),
    },
  };
}
