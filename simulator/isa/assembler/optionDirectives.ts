/** `.option` ("Using as", §9.38.2) and `.attribute arch`: which instructions may be used, and how. */
import { parseMarch } from '../rv32/extensions';
import type { RawCall, RawDirective } from './call';
import { errorAt, quote, type AssemblyError } from './errors';
import { unquoted } from './macroCall';
import { withoutComments } from './rawText';
import type { Assembly, Mode } from './state';

const REMEDY = 'Write rvc, norvc, push, pop, relax, norelax, pic, nopic or arch.';

/** `rvc` adds the extension where it was left out, as gas does. */
function turnShort(assembly: Assembly, isOn: boolean): void {
  const { extensions } = assembly.mode;
  const wanted = isOn ? new Set([...extensions, 'C' as const]) : extensions;
  assembly.mode = { extensions: wanted, isCompressing: isOn };
}

/** `arch, rv32im`, `arch, +c`, `arch, -c`. */
function turnArchitecture(
  assembly: Assembly,
  { name }: RawCall,
  words: readonly string[],
): AssemblyError | null {
  let mode: Mode = assembly.mode;
  for (const word of words) {
    const isChange = /^[+-]/.test(word);
    const march = parseMarch(isChange ? `rv32i_${word.slice(1)}` : word);
    if (!march.ok) return errorAt(name, march.message, march.remedy);
    const kept = new Set(isChange ? mode.extensions : []);
    for (const one of march.extensions) {
      if (word.startsWith('-')) kept.delete(one);
      else kept.add(one);
    }
    mode = { extensions: kept, isCompressing: kept.has('C') };
  }
  assembly.mode = mode;
  return null;
}

/** Told to linkers, which do not relax here. */
const NOTHING = ['relax', 'norelax', 'pic', 'nopic', 'csr-check', 'no-csr-check'];

const option: RawDirective = (assembly, call) => {
  const [what = '', ...more] = withoutComments(call.text)
    .split(',')
    .map((word) => word.trim());
  switch (what) {
    case 'rvc':
    case 'norvc':
      turnShort(assembly, what === 'rvc');
      return null;
    case 'push':
      assembly.modes.push(assembly.mode);
      return null;
    case 'pop': {
      const before = assembly.modes.pop();
      if (before === undefined) {
        return errorAt(call.name, 'Nothing was pushed.', 'Write `.option push` before it.');
      }
      assembly.mode = before;
      return null;
    }
    case 'arch':
      return turnArchitecture(assembly, call, more);
    default:
      if (NOTHING.includes(what)) return null;
      return errorAt(call.name, `There is no option ${quote(what)}.`, REMEDY);
  }
};

/** `.attribute arch, "rv32im"` says what the whole source is for, if nothing was assembled yet. */
const attribute: RawDirective = (assembly, call) => {
  const parts = /^\s*(?:arch|5)\s*,\s*(".*")\s*$/.exec(withoutComments(call.text));
  if (parts === null || assembly.hasCode) return null;
  return turnArchitecture(assembly, call, [unquoted(parts[1] as string)]);
};

export const optionDirectives: readonly (readonly [string, RawDirective])[] = [
  ['.option', option],
  ['.attribute', attribute],
];
