/** Numbers and strings in the image: `.byte` to `.quad`, LEB128, `.ascii`, `.asciz`, `.string`. */
import { datumAt, missing } from './constant';
import type { Call, Directive } from './call';
import { errorAt, quote, type AssemblyError, type Span } from './errors';
import { octetsOf } from './literals';
import type { Token } from './lexer';
import { append, appendLoose, type Assembly, type Datum } from './state';

export function tooLarge(span: Span): AssemblyError {
  return errorAt(span, 'The program would be larger than 16 MiB.', 'Make it smaller.');
}

function numbers(name: string, widthOctets: number): [string, Directive] {
  return [
    name,
    (assembly, call) => {
      if (call.slices.length === 0) return missing(call);
      const values: Datum[] = [];
      for (let index = 0; index < call.slices.length; index++) {
        const datum = datumAt(assembly, call, index);
        if ('message' in datum) return datum;
        values.push(datum);
      }
      const length = values.length * widthOctets;
      const content = { kind: 'data', widthOctets, values } as const;
      return append(assembly, call.name.line, length, content) ? null : tooLarge(call.name);
    },
  ];
}

function textAt(token: Token | undefined, call: Call): readonly number[] | AssemblyError {
  if (token?.kind !== 'string') {
    const message = `A string is expected, not ${quote(token?.text ?? '')}.`;
    return errorAt(token ?? call.name, message, 'Put it between `"` and `"`.');
  }
  const text = octetsOf(token.text);
  if (text.ok) return text.octets;
  const span = { line: token.line, column: token.column + text.at, lengthColumns: 2 };
  const message = `${quote(token.text.slice(text.at, text.at + 2))} is no escape.`;
  return errorAt(
    span,
    message,
    'Escapes are \\n \\t \\r \\b \\f \\v \\\\ \\" \\0 to \\377 and \\x41.',
  );
}

function text(assembly: Assembly, call: Call, ending: readonly number[]): AssemblyError | null {
  if (call.slices.length === 0) return missing(call, 'Write a string after it: `"text"`.');
  for (const slice of call.slices) {
    // Strings side by side are one, as in C; the last one takes the ending.
    const octets: number[] = [];
    for (let at = slice.from; at < slice.to; at++) {
      const found = textAt(call.tokens[at], call);
      if ('message' in found) return found;
      for (const octet of found) octets.push(octet);
    }
    octets.push(...ending);
    const content = { kind: 'octets', octets, span: slice.span } as const;
    if (!append(assembly, call.name.line, octets.length, content)) return tooLarge(slice.span);
  }
  return null;
}

function strings(name: string, ending: readonly number[]): [string, Directive] {
  return [name, (assembly, call) => text(assembly, call, ending)];
}

/** Numbers of as many octets as they need (DWARF 5, §7.6). */
function leb128(name: string, isSigned: boolean): [string, Directive] {
  return [
    name,
    (assembly, call) => {
      if (call.slices.length === 0) return missing(call);
      for (let index = 0; index < call.slices.length; index++) {
        const datum = datumAt(assembly, call, index);
        if ('message' in datum) return datum;
        const content = { kind: 'leb128', datum, isSigned } as const;
        if (!appendLoose(assembly, call.name.line, 1, content)) return tooLarge(call.name);
      }
      return null;
    },
  ];
}

export const dataDirectives: readonly (readonly [string, Directive])[] = [
  numbers('.byte', 1),
  numbers('.2byte', 2),
  numbers('.half', 2),
  numbers('.short', 2),
  numbers('.hword', 2),
  numbers('.4byte', 4),
  numbers('.word', 4),
  numbers('.long', 4),
  numbers('.8byte', 8),
  numbers('.dword', 8),
  numbers('.quad', 8),
  leb128('.uleb128', false),
  leb128('.sleb128', true),
  strings('.ascii', []),
  strings('.asciz', [0]),
  strings('.string', [0]),
];
