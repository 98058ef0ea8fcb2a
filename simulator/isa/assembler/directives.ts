/** Directives by name ("Using as", chapter 7), and what each does in the first pass. */
import { nearest } from '../../bits/nearest';
import type { Directive, RawDirective } from './call';
import { conditionDirectives } from './conditions';
import { dataDirectives } from './dataDirectives';
import { errorAt, quote, type AssemblyError } from './errors';
import { insnDirectives } from './insnDirective';
import type { Token } from './lexer';
import { macroDirectives } from './macroDirectives';
import { split } from './operands';
import { optionDirectives } from './optionDirectives';
import { sectionDirectives } from './sectionDirectives';
import { spaceDirectives } from './spaceDirectives';
import type { Assembly } from './state';
import { symbolDirectives } from './symbolDirectives';

/** For debuggers, unwinders and listings, which are not here; operands are not looked at. */
const IGNORED: ReadonlySet<string> = new Set(
  `.file .ident .loc .addrsig .addrsig_sym .warning .print .title .sbttl .list .nolist
  .psize .eject .version .internal .protected .hidden .noaltmacro .bundle_align_mode
  .dtprelword .variant_cc .cfi_startproc .cfi_endproc .cfi_def_cfa .cfi_def_cfa_offset
  .cfi_def_cfa_register .cfi_adjust_cfa_offset .cfi_offset .cfi_rel_offset .cfi_restore
  .cfi_undefined .cfi_same_value .cfi_register .cfi_remember_state .cfi_restore_state
  .cfi_return_column .cfi_signal_frame .cfi_personality .cfi_lsda .cfi_escape .cfi_sections
  .cfi_window_save .cfi_val_offset .cfi_label`.split(/\s+/),
);

const DIRECTIVES: ReadonlyMap<string, Directive> = new Map([
  ...sectionDirectives,
  ...dataDirectives,
  ...spaceDirectives,
  ...symbolDirectives,
  ...insnDirectives,
]);

const SPACE: ReadonlySet<string> = new Set(spaceDirectives.map(([name]) => name));

const RAW: ReadonlyMap<string, RawDirective> = new Map([
  ...conditionDirectives,
  ...macroDirectives,
  ...optionDirectives,
]);

function unknown(assembly: Assembly, name: Token): AssemblyError {
  const message = `There is no directive ${quote(name.text)}.`;
  const names = [...DIRECTIVES.keys(), ...RAW.keys(), ...assembly.macros.keys()];
  const near = nearest(assembly.speller, name.text, names);
  return errorAt(name, message, near === null ? 'Take it away.' : `Did you mean \`${near}\`?`);
}

function raw(assembly: Assembly, name: Token, run: RawDirective, to: number): AssemblyError | null {
  const source = assembly.inputs.at(-1)?.lexer.source ?? '';
  return run(assembly, { name, text: source.slice(name.end, to) });
}

/** Does what the directive at `at` says; errors go to the assembly. */
export function directive(
  assembly: Assembly,
  tokens: readonly Token[],
  at: number,
  to: number,
): void {
  const name = tokens[at] as Token;
  if (IGNORED.has(name.text)) return;
  const plain = DIRECTIVES.get(name.text);
  const special = RAW.get(name.text);
  let error: AssemblyError | null;
  if (special !== undefined) error = raw(assembly, name, special, to);
  else if (plain === undefined) error = unknown(assembly, name);
  else {
    // `.balign 8, , 2`: between its commas the usual is meant.
    const slices = split(tokens, at + 1, SPACE.has(name.text));
    error = 'message' in slices ? slices : plain(assembly, { name, tokens, slices });
  }
  if (error !== null) assembly.errors.push(error);
}
