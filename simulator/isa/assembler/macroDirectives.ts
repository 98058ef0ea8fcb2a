/** Macros, repetitions and other texts put in: `.macro`, `.rept`, `.irp`, `.irpc`, `.include` … */
import type { RawCall, RawDirective } from './call';
import { closeConditions } from './conditions';
import { errorAt, quote, type AssemblyError } from './errors';
import { insertText, splitArguments, substitute, unquoted } from './macroCall';
import { MACRO, REPEAT, takeBlock, withoutComments } from './rawText';
import { valueOf } from './rawValue';
import type { Assembly, Parameter } from './state';

const LARGEST = 0x40_0000;

/** `name`, `name=default`, `name:req` or `name:vararg`, parted by commas or blanks. */
function parametersOf(text: string): readonly Parameter[] | null {
  const words = splitArguments(text.replaceAll(/\s*([:=])\s*/g, '$1'));
  const found: Parameter[] = [];
  for (const word of words) {
    const parts = /^([A-Za-z_$.][\w$.]*)(?::(req|vararg))?(?:=(.*))?$/s.exec(word);
    if (parts === null) return null;
    const [, name = '', kind, otherwise = ''] = parts;
    const known = kind === 'req' ? 'required' : kind === 'vararg' ? 'rest' : 'optional';
    found.push({ name, otherwise: unquoted(otherwise), kind: known });
  }
  return found;
}

function unclosed({ name }: RawCall, by: string): AssemblyError {
  return errorAt(name, `This \`${name.text}\` has no end.`, `Close it with \`${by}\`.`);
}

const define: RawDirective = (assembly, call) => {
  const body = takeBlock((assembly.inputs.at(-1) as Assembly['inputs'][number]).lexer, MACRO);
  if (body === null) return unclosed(call, '.endm');
  const header = /^\s*([A-Za-z_$.][\w$.]*)\s*,?\s*(.*)$/s.exec(withoutComments(call.text));
  const [, name, rest = ''] = header ?? [];
  if (name === undefined) {
    return errorAt(call.name, 'The name of the macro is missing.', 'Write `.macro name a, b`.');
  }
  const parameters = parametersOf(rest);
  if (parameters === null) {
    const message = `${quote(rest.trim())} are no parameters.`;
    return errorAt(call.name, message, 'Write names: `.macro name a, b=1, c:req, rest:vararg`.');
  }
  const known = assembly.macros.get(name);
  if (known !== undefined) {
    const message = `The macro ${quote(name)} is defined already, on line ${known.span.line}.`;
    return errorAt(call.name, message, 'Take it back with `.purgem` first.');
  }
  assembly.macros.set(name, { name, parameters, body, span: call.name });
  return null;
};

function block(assembly: Assembly): string | null {
  const input = assembly.inputs.at(-1);
  return input === undefined ? null : takeBlock(input.lexer, REPEAT);
}

const repeat: RawDirective = (assembly, call) => {
  const count = valueOf(assembly, call);
  const body = block(assembly);
  if (body === null) return unclosed(call, '.endr');
  if (typeof count !== 'bigint') return count;
  if (count < 0n || count * BigInt(body.length + 1) > BigInt(LARGEST)) {
    return errorAt(call.name, `${count} is too often.`, 'Repeat 0 times or more, and not so much.');
  }
  const text = body.repeat(Number(count));
  return insertText(assembly, text, call.name, 'in this `.rept`', false);
};

function forEach(wordsOf: (text: string) => readonly string[]): RawDirective {
  return (assembly, call) => {
    const body = block(assembly);
    if (body === null) return unclosed(call, '.endr');
    const [, name, rest = ''] =
      /^\s*\\?([A-Za-z_$.][\w$.]*)\s*,?\s*(.*)$/s.exec(withoutComments(call.text)) ?? [];
    if (name === undefined) {
      const remedy = `Write \`${call.name.text} name, values\`.`;
      return errorAt(call.name, 'The name that is replaced is missing.', remedy);
    }
    const words = wordsOf(rest.trim());
    if (words.length * (body.length + 1) > LARGEST) {
      return errorAt(call.name, 'This becomes too long.', 'Repeat less.');
    }
    const text = words
      .map((word) => substitute(body, new Map([[name, word]]), assembly.expansions))
      .join('');
    return insertText(assembly, text, call.name, `in this \`${call.name.text}\``, false);
  };
}

/** No value at all is one empty value. */
const orEmpty = (words: readonly string[]): readonly string[] =>
  words.length === 0 ? [''] : words;

const leave: RawDirective = (assembly, { name }) => {
  const at = assembly.inputs.findLastIndex(({ isMacro }) => isMacro);
  if (at < 0) return errorAt(name, 'This is in no macro.', 'Take it away.');
  assembly.conditions.length = (assembly.inputs[at] as Assembly['inputs'][number]).conditions;
  assembly.inputs.length = at;
  return null;
};

const purge: RawDirective = (assembly, { name, text }) => {
  for (const word of splitArguments(text)) {
    if (assembly.macros.delete(word)) continue;
    return errorAt(name, `There is no macro ${quote(word)}.`, 'Take this line away.');
  }
  return null;
};

const include: RawDirective = (assembly, { name, text }) => {
  const path = unquoted(text.trim());
  const found = assembly.include(path);
  if (found === null) {
    const message = `The file ${quote(path)} cannot be included.`;
    return errorAt(name, message, 'Write what it holds here, or give it as a source of its own.');
  }
  return insertText(assembly, found, name, `in ${quote(path)}`, false);
};

const includeOctets: RawDirective = (_, { name }) => {
  const message = 'Octets of another file cannot be put in.';
  return errorAt(name, message, 'Write them with `.byte`, or as `.ascii`.');
};

const complain: RawDirective = (_, { name, text }) => {
  const said = unquoted(text.trim());
  return errorAt(
    name,
    said === '' ? 'The source says `.error`.' : said,
    'The source asks for this.',
  );
};

/** What follows is not read. */
const finish: RawDirective = (assembly) => {
  closeConditions(assembly, 0);
  assembly.inputs.length = 0;
  return null;
};

const stray: RawDirective = (_, { name }) => {
  const message = `Nothing is open that \`${name.text}\` closes.`;
  return errorAt(name, message, 'Take it away, or write its beginning.');
};

const alternate: RawDirective = (_, { name }) =>
  errorAt(name, 'The alternate macro syntax is not read.', 'Write `\\name` for parameters.');

export const macroDirectives: readonly (readonly [string, RawDirective])[] = [
  ['.macro', define],
  ['.endm', stray],
  ['.endmacro', stray],
  ['.exitm', leave],
  ['.purgem', purge],
  ['.rept', repeat],
  ['.rep', repeat],
  ['.irp', forEach((text) => orEmpty(splitArguments(text).map(unquoted)))],
  [
    '.irpc',
    forEach((text) => orEmpty(Array.from(unquoted(text)).filter((one) => one.trim() !== ''))),
  ],
  ['.endr', stray],
  ['.include', include],
  ['.incbin', includeOctets],
  ['.error', complain],
  ['.err', complain],
  ['.end', finish],
  ['.altmacro', alternate],
];
