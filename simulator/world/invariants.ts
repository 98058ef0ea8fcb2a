/**
 * Laws that hold at every moment of every run, by name. Each says what it means and, of a moment
 * that breaks it, what is wrong and where.
 */
import { nameOf, type CablePart, type World } from './parts';

type Law = {
  /** One sentence for people. */
  readonly means: string;
  /** Null while it holds. */
  readonly broken: (world: World) => string | null;
};

const cablesOf = (world: World): CablePart[] =>
  world.parts.filter((part): part is CablePart => part.kind === 'cable');

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const refusedBy = (world: World): number =>
  sum(world.parts.map((part) => (part.kind === 'computer' ? part.at.nic.counters.badFcs : 0)));

function firstBroken(world: World, check: (part: CablePart) => string | null): string | null {
  for (const part of cablesOf(world)) {
    const why = check(part);
    if (why !== null) return `${nameOf(part)}: ${why}`;
  }
  return null;
}

export const INVARIANTS = {
  'frames-conserved': {
    means: 'Every frame given to a cable is under way, has arrived, or was lost by a fault.',
    broken: (world) =>
      firstBroken(world, ({ state: { sent, arrived, lost, flights } }) =>
        sent === arrived + lost + flights.length
          ? null
          : `${sent} sent, but ${arrived} arrived, ${lost} lost and ${flights.length} under way`,
      ),
  },
  'corrupted-refused': {
    means: 'A frame that was corrupted on the cable is never accepted by a network interface.',
    broken: (world) => {
      if (world.parts.some((part) => part.kind === 'outside')) return null;
      const corrupted = sum(cablesOf(world).map(({ state }) => state.corrupted));
      const refused = refusedBy(world);
      return refused >= corrupted ? null : `${corrupted} corrupted, only ${refused} refused`;
    },
  },
  'frame-size': {
    means: 'No frame is shorter than 64 or longer than 1518 octets.',
    broken: (world) =>
      firstBroken(world, ({ state }) => {
        const odd = state.flights.find(({ octets }) => octets.length < 64 || octets.length > 1518);
        return odd === undefined ? null : `frame ${odd.number} has ${odd.octets.length} octets`;
      }),
  },
} as const satisfies { readonly [name: string]: Law };

export type InvariantName = keyof typeof INVARIANTS;

export type Verdict = {
  readonly name: InvariantName;
  readonly means: string;
  readonly holds: boolean;
  readonly why: string | null;
};

export function check(world: World, names: readonly InvariantName[]): Verdict[] {
  return names.map((name) => {
    const law: Law = INVARIANTS[name];
    const why = law.broken(world);
    return { name, means: law.means, holds: why === null, why };
  });
}
