/** Machine-code programs for the tests, from assembly text. */
import { assemble } from '../../../simulator/isa/assembler/assemble';
import type { ProgramToStart } from '../../../simulator/os/state';

export function program(
  name: string,
  source: string,
  options: { readonly base?: number; readonly words?: readonly string[] } = {},
): ProgramToStart {
  const { base = 0x8000_0000, words = [] } = options;
  const assembled = assemble(source, {
    sourceName: name,
    bases: { '.text': base },
    isCompressing: false,
  });
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.errors));
  return { kind: 'machine', name, image: assembled.image, arguments: words };
}
