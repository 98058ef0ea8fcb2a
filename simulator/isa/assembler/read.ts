/** The first pass over one source: its statements, and then how long everything is. */
import { closeConditions } from './conditions';
import { ALL_EXTENSIONS, type Extensions } from '../rv32/extensions';
import { createAssembly } from './create';
import { errorAt } from './errors';
import { createLexer, nextStatement } from './lexer';
import { relax } from './relax';
import { padCode } from './spaceDirectives';
import type { Assembly, Section } from './state';
import { takeStatement } from './statement';

export type Source = {
  /** Stands beside each line of the image, and in messages. */
  readonly name: string;
  readonly text: string;
};

/** Characters of a source; a longer one is no program written by hand or by a compiler. */
const LONGEST_SOURCE = 0x400_0000;

/** Whom a source is read for. */
export type Reading = {
  /** What the machine has; the default is all that this one has. */
  readonly extensions?: Extensions;
  /** False begins as after `.option norvc`. */
  readonly isCompressing?: boolean;
  /** The text that `.include "path"` puts in, or null when there is none. */
  readonly include?: (path: string) => string | null;
};

/** GNU as fills code up to its alignment (gas/write.c, `subsegs_finish_section`). */
function endCode(assembly: Assembly, section: Section): void {
  assembly.current = section;
  if (section.sizeOctets > 0) padCode(assembly);
}

export function readSource(source: Source, reading: Reading = {}): Assembly {
  const { extensions = ALL_EXTENSIONS, isCompressing = true, include = () => null } = reading;
  const mode = { extensions, isCompressing: isCompressing && extensions.has('C') };
  const assembly = createAssembly(source.name, mode, include);
  if (source.text.length > LONGEST_SOURCE) {
    const span = { line: 1, column: 1, lengthColumns: 0 };
    const message = 'This source is longer than 64 million characters.';
    assembly.errors.push(errorAt(span, message, 'Assemble it in parts.'));
    return assembly;
  }
  assembly.inputs.push({ lexer: createLexer(source.text), conditions: 0, isMacro: false });
  for (let input = assembly.inputs.at(-1); input !== undefined; input = assembly.inputs.at(-1)) {
    const statement = nextStatement(input.lexer);
    if (statement !== null) takeStatement(assembly, statement);
    else {
      assembly.inputs.pop();
      closeConditions(assembly, input.conditions);
    }
  }
  for (const section of assembly.sections.values()) {
    if (section.flags.execute) endCode(assembly, section);
    relax(assembly, section);
  }
  return assembly;
}
