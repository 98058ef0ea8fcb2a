/** From an assembly source to a program that a computer can start. */
import { RAM_BASE } from '../contract/map';
import { assemble } from '../isa/assembler/assemble';
import type { AssemblyError } from '../isa/assembler/errors';
import type { MachineProgram } from './spec';

/** Where programs are linked for: above the first 64 KiB of RAM, which no process gets. */
export const PROGRAM_BASE = RAM_BASE + 0x1_0000;

export type Assembled =
  | { readonly ok: true; readonly program: MachineProgram }
  | { readonly ok: false; readonly errors: readonly AssemblyError[] };

/**
 * All errors of the source at once, in its order. Scenarios show one word an instruction: 16 bits
 * are used after `.option rvc` only.
 */
export function programFrom(
  name: string,
  source: string,
  words: readonly string[] = [],
): Assembled {
  const bases = { '.text': PROGRAM_BASE };
  const made = assemble(source, { sourceName: `${name}.s`, bases, isCompressing: false });
  if (!made.ok) return made;
  const { image } = made;
  return { ok: true, program: { kind: 'machine', name, image, arguments: words, source } };
}
