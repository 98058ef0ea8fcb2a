/** Names of the integer registers (RISC-V ELF psABI, §1.1 "Integer Register Convention"). */

/** The ABI name of x0 to x31. */
// prettier-ignore
export const REGISTER_NAMES: readonly string[] = [
  'zero', 'ra', 'sp', 'gp', 'tp', 't0', 't1', 't2',
  's0',   's1', 'a0', 'a1', 'a2', 'a3', 'a4', 'a5',
  'a6',   'a7', 's2', 's3', 's4', 's5', 's6', 's7',
  's8',   's9', 's10', 's11', 't3', 't4', 't5', 't6',
];

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...REGISTER_NAMES.map((name, number): [string, number] => [name, number]),
  ...REGISTER_NAMES.map((_, number): [string, number] => [`x${number}`, number]),
  ['fp', 8],
]);

/** Every spelling that is understood: ABI names, x0 to x31, fp. */
export const REGISTER_SPELLINGS: readonly string[] = [...NUMBERS.keys()];

export function registerNumber(name: string): number | undefined {
  return NUMBERS.get(name);
}

/** The ABI name; `number` is 0 to 31. */
export function registerName(number: number): string {
  return REGISTER_NAMES[number & 31] as string;
}
