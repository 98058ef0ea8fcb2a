/** Which parts of two worlds of the same shape are not alike: what a comparison marks. */
import { hashPlain } from '../bits/canonical';
import { canonical } from '../host/computer';
import type { Plain } from '../contract/plain';
import { nameOf, type Part, type World } from './parts';

/** The state of a part by the paths under which a screen shows it. */
function statesOf(part: Part): readonly (readonly [path: string, state: Plain])[] {
  const name = nameOf(part);
  if (part.kind === 'cable') return [[name, part.state]];
  if (part.kind === 'outside') return [[name, part.state]];
  const { fields, nic, processor, pages } = canonical(part.at) as Readonly<Record<string, Plain>>;
  const { console, kernel, busyUntilNs, pending } = fields as Readonly<Record<string, Plain>>;
  return [
    [`${name}.os`, kernel as Plain],
    [`${name}.cpu`, { processor, busyUntilNs, pending }],
    [`${name}.ram`, pages as Plain],
    [`${name}.nic`, nic as Plain],
    [`${name}.display`, console as Plain],
  ];
}

/** Paths of the parts that differ, in the order of the world: `client.nic`, `cable`. */
export function differing(one: World, other: World): string[] {
  return one.parts.flatMap((part, number) => {
    const twin = other.parts[number];
    if (twin === undefined) return [nameOf(part)];
    const states = new Map(statesOf(twin));
    return statesOf(part)
      .filter(([path, state]) => {
        const counterpart = states.get(path);
        return counterpart === undefined || hashOf(state) !== hashOf(counterpart);
      })
      .map(([path]) => path);
  });
}

const hashOf = (state: Plain): string => JSON.stringify(hashPlain(state));
