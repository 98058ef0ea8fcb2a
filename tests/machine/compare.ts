/** Random programs, one after another, on the simulator and on QEMU. */
import { writeElf } from '../../simulator/isa/elf/write';
import type { EngineName } from '../../simulator/host/processor';
import { BASE, IMAGE } from './frame';
import { knownDifference } from './known';
import { runOurs } from './ours';
import { differences } from './outcome';
import { programOf } from './program';
import { start, type Judge } from './qemu';
import { runTheirs, stopAtDone } from './theirs';

export type Verdict = {
  readonly compared: number;
  /** Left out: they sleep, or do not end. */
  readonly endless: number;
  /** How many met each of the listed differences (`known.ts`). */
  readonly listed: ReadonlyMap<string, number>;
  readonly differing: readonly { readonly seed: number; readonly lines: readonly string[] }[];
};

async function begun(): Promise<Judge> {
  const judge = await start(writeElf(IMAGE));
  await stopAtDone(judge);
  return judge;
}

/** Seeds count from `first` on, until `count` programs were compared. */
export async function compare(count: number, first: number, engine: EngineName): Promise<Verdict> {
  let judge = await begun();
  let [compared, endless] = [0, 0];
  const listed = new Map<string, number>();
  const differing: { seed: number; lines: readonly string[] }[] = [];
  for (let seed = first; compared < count; seed++) {
    const program = programOf(seed);
    const ours = runOurs(program, engine);
    if (ours === null) {
      endless += 1;
      continue;
    }
    const theirs = await runTheirs(judge, program);
    compared += 1;
    if (theirs === null) {
      // It may sleep for ever.
      judge.close();
      judge = await begun();
    }
    const lines = theirs === null ? ['it does not end there'] : differences(ours, theirs, BASE);
    if (lines.length === 0) continue;
    const known = knownDifference(program, ours, theirs);
    if (known === null) differing.push({ seed, lines });
    else listed.set(known, (listed.get(known) ?? 0) + 1);
  }
  judge.close();
  return { compared, endless, listed, differing };
}
