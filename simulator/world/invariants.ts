/**
 * Laws that hold at every moment of every run, whatever faults are done, by name. Each says what it
 * means and, of a moment that breaks it, which two parts contradict each other. None counts on RAM
 * being as it was written: only on what the parts say of themselves.
 */
import { COMPUTER_LAWS } from './laws/computers';
import { FRAME_LAWS } from './laws/frames';
import type { Law, Witness } from './laws/law';
import { STREAM_LAWS } from './laws/streams';
import type { World } from './parts';

export const INVARIANTS = { ...FRAME_LAWS, ...STREAM_LAWS, ...COMPUTER_LAWS } as const;

export type InvariantName = keyof typeof INVARIANTS;

export type Verdict = {
  readonly name: InvariantName;
  readonly means: string;
  readonly holds: boolean;
  /** What is wrong, in one line; null while it holds. */
  readonly why: string | null;
  /** The two parts that contradict each other; none while it holds. */
  readonly witnesses: readonly Witness[];
};

const told = ({ part, says }: Witness): string => `${part}: ${says}`;

export function check(world: World, names: readonly InvariantName[]): Verdict[] {
  return names.map((name) => {
    const law: Law = INVARIANTS[name];
    const witnesses = law.broken(world);
    const why = witnesses?.map(told).join('; but ') ?? null;
    return { name, means: law.means, holds: why === null, why, witnesses: witnesses ?? [] };
  });
}
