/** The C workload (`workload/`) on a bare computer: exact counts, checked answers. */
import { COSTS, createBare, parseElf, retiredOf, runBare, tohostOf } from '../../simulator';

/** Page tables, stack and data end far below. */
const RAM_OCTETS = 0x40_0000;
const FOREVER = 1e12;

export type Worked = { readonly instructions: number; readonly wallMs: number };

/** Runs the program to its end; throws when its checksums are not right. */
export function work(elf: Uint8Array): Worked {
  const parsed = parseElf(elf);
  if (!parsed.ok) throw new Error('the workload is an ELF file');
  const bare = createBare(parsed.image, RAM_OCTETS, 'fast', COSTS);
  if (typeof bare === 'string') throw new Error(bare);
  const began = performance.now();
  runBare(bare, FOREVER);
  const wallMs = performance.now() - began;
  if (tohostOf(bare) !== 1) throw new Error(`the workload answers ${tohostOf(bare)}`);
  return { instructions: retiredOf(bare), wallMs };
}
