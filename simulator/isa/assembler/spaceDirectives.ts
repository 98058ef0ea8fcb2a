/** Room and alignment: `.space`, `.skip`, `.zero`, `.align`, `.p2align`, `.balign`. */
import { constantAt, tooMany } from './constant';
import { tooLarge } from './dataDirectives';
import type { Call, Directive } from './call';
import { errorAt, type AssemblyError } from './errors';
import { append, LIMIT_OCTETS, type Assembly } from './state';

/** The octet to fill with: operand 1, or 0. */
function octetAt(assembly: Assembly, call: Call, otherwise: number): number | AssemblyError {
  if (call.slices.length < 2) return otherwise;
  const found = constantAt(assembly, call, 1, [-128, 255]);
  return typeof found === 'number' ? found & 255 : found;
}

function room(assembly: Assembly, call: Call): AssemblyError | null {
  const extra = tooMany(call, call.name.text === '.zero' ? 1 : 2);
  if (extra !== null) return extra;
  const length = constantAt(assembly, call, 0, [0, LIMIT_OCTETS]);
  if (typeof length !== 'number') return length;
  const octet = octetAt(assembly, call, 0);
  if (typeof octet !== 'number') return octet;
  const content = { kind: 'fill', octet, isCode: false } as const;
  return append(assembly, call.name.line, length, content) ? null : tooLarge(call.name);
}

/** Largest alignment: 2 to the power of 16. */
const FINEST = 16;

/** Goes forward to a multiple of `alignOctets`, unless that is further than operand 2 says. */
function advance(assembly: Assembly, call: Call, alignOctets: number): AssemblyError | null {
  const extra = tooMany(call, 3);
  if (extra !== null) return extra;
  const section = assembly.current;
  const octet = octetAt(assembly, call, -1);
  if (typeof octet !== 'number') return octet;
  const most = call.slices.length < 3 ? LIMIT_OCTETS : constantAt(assembly, call, 2, [0, 0xffff]);
  if (typeof most !== 'number') return most;
  const length = (alignOctets - (section.sizeOctets % alignOctets)) % alignOctets;
  if (length > most) return null;
  section.alignOctets = Math.max(section.alignOctets, alignOctets);
  const isCode = section.flags.execute && octet < 0;
  const content = { kind: 'fill', octet: Math.max(octet, 0), isCode } as const;
  return append(assembly, call.name.line, length, content) ? null : tooLarge(call.name);
}

/** On RISC-V `.align` counts powers of two. */
const byPower: Directive = (assembly, call) => {
  const power = constantAt(assembly, call, 0, [0, FINEST]);
  return typeof power === 'number' ? advance(assembly, call, 1 << power) : power;
};

const byOctets: Directive = (assembly, call) => {
  const octets = constantAt(assembly, call, 0, [1, 1 << FINEST]);
  if (typeof octets !== 'number') return octets;
  if ((octets & (octets - 1)) === 0) return advance(assembly, call, octets);
  const message = `${octets} is no power of two.`;
  return errorAt(call.name, message, 'Align to 1, 2, 4, 8, 16 and so on.');
};

export const spaceDirectives: readonly (readonly [string, Directive])[] = [
  ['.zero', room],
  ['.space', room],
  ['.skip', room],
  ['.align', byPower],
  ['.p2align', byPower],
  ['.balign', byOctets],
];
