/** Room and alignment: `.space`, `.skip`, `.zero`, `.fill`, `.org`, `.align`, `.balign` and kin. */
import { constantAt, datumAt, missing, tooMany } from './constant';
import { tooLarge } from './dataDirectives';
import type { Call, Directive } from './call';
import { errorAt, type AssemblyError } from './errors';
import { evaluate } from './evaluate';
import { append, appendLoose, here, LIMIT_OCTETS, type Assembly, type Content } from './state';
import { firstScope } from './symbols';

/** The octet to fill with: operand 1, or 0. */
function octetAt(assembly: Assembly, call: Call, otherwise: number): number | AssemblyError {
  const slice = call.slices[1];
  if (slice === undefined || slice.from === slice.to) return otherwise;
  const found = constantAt(assembly, call, 1, [-128, 255]);
  return typeof found === 'number' ? found & 255 : found;
}

/** Octets whose number is a number now, or one that the lengths of branches decide. */
function room(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 2);
  if (extra !== null) return extra;
  const datum = datumAt(assembly, call, 0);
  if ('message' in datum) return datum;
  const value = octetAt(assembly, call, 0);
  if (typeof value !== 'number') return value;
  const { line } = call.name;
  if (!evaluate(datum.expression, firstScope(assembly, here(assembly))).ok) {
    appendLoose(assembly, line, 0, { kind: 'space', datum, value, isPlace: false });
    return null;
  }
  const length = constantAt(assembly, call, 0, [0, LIMIT_OCTETS]);
  if (typeof length !== 'number') return length;
  const content = { kind: 'fill', value, widthOctets: 1 } as const;
  return append(assembly, line, length, content) ? null : tooLarge(call.name);
}

/** `.fill repeat, octets, value`: of more than 4 octets the upper ones are 0. */
function fill(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 3);
  if (extra !== null) return extra;
  const count = constantAt(assembly, call, 0, [0, LIMIT_OCTETS]);
  if (typeof count !== 'number') return count;
  const width = call.slices.length < 2 ? 1 : constantAt(assembly, call, 1, [0, 8]);
  if (typeof width !== 'number') return width;
  const value =
    call.slices.length < 3 ? 0 : constantAt(assembly, call, 2, [-0x8000_0000, 0xffff_ffff]);
  if (typeof value !== 'number') return value;
  const content = { kind: 'fill', value: value >>> 0, widthOctets: width } as const;
  return append(assembly, call.name.line, count * width, content) ? null : tooLarge(call.name);
}

/** Goes forward to an offset in the section. */
function origin(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, 2);
  if (extra !== null) return extra;
  const datum = datumAt(assembly, call, 0);
  if ('message' in datum) return datum;
  const value = octetAt(assembly, call, 0);
  if (typeof value !== 'number') return value;
  appendLoose(assembly, call.name.line, 0, { kind: 'space', datum, value, isPlace: true });
  return null;
}

type Align = Extract<Content, { kind: 'align' }>;

/** Appends an alignment; what stands before it may still move, and it with that. */
function advance(assembly: Assembly, line: number, content: Align): boolean {
  const { alignOctets, most } = content;
  const section = assembly.current;
  section.alignOctets = Math.max(section.alignOctets, alignOctets);
  const gap = (alignOctets - (section.sizeOctets % alignOctets)) % alignOctets;
  const add = section.region === 0 ? append : appendLoose;
  return add(assembly, line, gap > most ? 0 : gap, content);
}

/** Zeros up to a multiple of `alignOctets`. */
export function alignTo(assembly: Assembly, line: number, alignOctets: number): boolean {
  const zeros = { value: 0, widthOctets: 1, most: LIMIT_OCTETS };
  return advance(assembly, line, { kind: 'align', alignOctets, ...zeros });
}

/** Nops up to the alignment of the section, on no line. */
export function padCode(assembly: Assembly): void {
  const { alignOctets } = assembly.current;
  const nops = { value: 0, widthOctets: 0, most: LIMIT_OCTETS };
  advance(assembly, 0, { kind: 'align', alignOctets, ...nops });
}

/** Largest alignment: 2 to the power of 16. */
const FINEST = 16;

/** One more than fits, by width. */
const TOP: { readonly [octets: number]: number } = { 1: 0x100, 2: 0x1_0000, 4: 0x1_0000_0000 };

export const isPowerOfTwo = (value: number): boolean => (value & (value - 1)) === 0;

/** What stands in the gap: operand 1 in `widthOctets`; without it nops in code, else zeros. */
function patternAt(
  assembly: Assembly,
  call: Call,
  widthOctets: number,
): Pick<Align, 'value' | 'widthOctets'> | AssemblyError {
  const slice = call.slices[1];
  if (slice === undefined || slice.from === slice.to) {
    // 0 octets wide: nops.
    return { value: 0, widthOctets: assembly.current.flags.execute ? 0 : 1 };
  }
  const top = TOP[widthOctets] ?? 256;
  const value = constantAt(assembly, call, 1, [-top / 2, top - 1]);
  return typeof value === 'number' ? { value, widthOctets } : value;
}

function align(
  assembly: Assembly,
  call: Call,
  alignOctets: number,
  widthOctets: number,
): AssemblyError | null {
  const extra = tooMany(call, 3);
  if (extra !== null) return extra;
  const pattern = patternAt(assembly, call, widthOctets);
  if ('message' in pattern) return pattern;
  const most = call.slices.length < 3 ? LIMIT_OCTETS : constantAt(assembly, call, 2, [0, 0xffff]);
  if (typeof most !== 'number') return most;
  const content: Align = { kind: 'align', alignOctets, ...pattern, most };
  return advance(assembly, call.name.line, content) ? null : tooLarge(call.name);
}

/** On RISC-V `.align` counts powers of two. */
function byPower(widthOctets: number): Directive {
  return (assembly, call) => {
    if (call.slices.length === 0) return missing(call, 'Write a power of two: `.align 2`.');
    const power = constantAt(assembly, call, 0, [0, FINEST]);
    return typeof power === 'number' ? align(assembly, call, 1 << power, widthOctets) : power;
  };
}

function byOctets(widthOctets: number): Directive {
  return (assembly, call) => {
    if (call.slices.length === 0) return missing(call, 'Write a number of octets: `.balign 4`.');
    const octets = constantAt(assembly, call, 0, [1, 1 << FINEST]);
    if (typeof octets !== 'number') return octets;
    if (isPowerOfTwo(octets)) return align(assembly, call, octets, widthOctets);
    const message = `${octets} is no power of two.`;
    return errorAt(call.name, message, 'Align to 1, 2, 4, 8, 16 and so on.');
  };
}

export const spaceDirectives: readonly (readonly [string, Directive])[] = [
  ['.zero', room],
  ['.space', room],
  ['.skip', room],
  ['.fill', fill],
  ['.org', origin],
  ['.align', byPower(1)],
  ['.p2align', byPower(1)],
  ['.p2alignw', byPower(2)],
  ['.p2alignl', byPower(4)],
  ['.balign', byOctets(1)],
  ['.balignw', byOctets(2)],
  ['.balignl', byOctets(4)],
];
