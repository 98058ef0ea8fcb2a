/** Directives by name ("Using as", chapter 7), and what each does in the first pass. */
import type { Directive } from './call';
import { dataDirectives } from './dataDirectives';
import { errorAt, quote, type AssemblyError } from './errors';
import type { Token } from './lexer';
import { nearest } from '../../bits/nearest';
import { split } from './operands';
import { sectionDirectives } from './sectionDirectives';
import { spaceDirectives } from './spaceDirectives';
import type { Assembly } from './state';
import { symbolDirectives } from './symbolDirectives';

const ignore: Directive = () => null;

/** For linkers, debuggers and compressed code, which are not here; operands are not looked at. */
const IGNORED = `.option .type .size .file .ident .attribute .loc .end .addrsig .addrsig_sym
  .cfi_startproc .cfi_endproc .cfi_def_cfa .cfi_def_cfa_offset .cfi_def_cfa_register .cfi_offset
  .cfi_restore .cfi_remember_state .cfi_restore_state .cfi_sections`.split(/\s+/);

const DIRECTIVES: ReadonlyMap<string, Directive> = new Map([
  ...sectionDirectives,
  ...dataDirectives,
  ...spaceDirectives,
  ...symbolDirectives,
  ...IGNORED.map((name): [string, Directive] => [name, ignore]),
]);

const MACRO_LANGUAGE = /^\.(macro|endm|rept|irp|irpc|endr|if\w*|else\w*|endif|include|incbin)$/;

function unknown(assembly: Assembly, name: Token): AssemblyError {
  const message = `There is no directive ${quote(name.text)}.`;
  if (MACRO_LANGUAGE.test(name.text)) {
    return errorAt(name, message, 'Macros, conditions and inclusion are not read: write it out.');
  }
  const near = nearest(assembly.speller, name.text, DIRECTIVES.keys());
  return errorAt(name, message, near === null ? 'Take it away.' : `Did you mean \`${near}\`?`);
}

/** Does what the directive at `at` says; errors go to the assembly. */
export function directive(assembly: Assembly, tokens: readonly Token[], at: number): void {
  const name = tokens[at] as Token;
  const known = DIRECTIVES.get(name.text);
  if (known === ignore) return;
  const slices = split(tokens, at + 1);
  const error =
    known === undefined
      ? unknown(assembly, name)
      : 'message' in slices
        ? slices
        : known(assembly, { name, tokens, slices });
  if (error !== null) assembly.errors.push(error);
}
