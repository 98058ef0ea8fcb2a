/** `.if` and its kin ("Using as", §7.60 to §7.62): which part of the source is read. */
import type { RawCall, RawDirective } from './call';
import { errorAt, type AssemblyError } from './errors';
import { valueOf } from './rawValue';
import { splitArguments, unquoted } from './macroCall';
import { skipCondition } from './rawText';
import type { Assembly } from './state';

type Test = (assembly: Assembly, call: RawCall) => boolean | AssemblyError;

function compared(holds: (value: bigint) => boolean): Test {
  return (assembly, call) => {
    const value = valueOf(assembly, call);
    return typeof value === 'bigint' ? holds(value) : value;
  };
}

function defined(isWanted: boolean): Test {
  return (assembly, { name, text }) => {
    const symbol = text.trim();
    if (!/^[A-Za-z_.$][\w.$]*$/.test(symbol)) {
      return errorAt(name, 'The name of a symbol is expected.', `Write \`${name.text} SYMBOL\`.`);
    }
    return assembly.symbols.has(symbol) === isWanted;
  };
}

function alike(isWanted: boolean): Test {
  return (_, { name, text }) => {
    const [left, right, ...more] = splitArguments(text.replaceAll("'", '"'));
    if (left === undefined || more.length > 0) {
      return errorAt(name, 'Two texts are expected.', `Write \`${name.text} one, two\`.`);
    }
    return (unquoted(left) === unquoted(right ?? '')) === isWanted;
  };
}

const blank =
  (isWanted: boolean): Test =>
  (_, { text }) =>
    (text.trim() === '') === isWanted;

const TESTS: ReadonlyMap<string, Test> = new Map([
  ['.if', compared((value) => value !== 0n)],
  ['.ifne', compared((value) => value !== 0n)],
  ['.ifeq', compared((value) => value === 0n)],
  ['.iflt', compared((value) => value < 0n)],
  ['.ifle', compared((value) => value <= 0n)],
  ['.ifgt', compared((value) => value > 0n)],
  ['.ifge', compared((value) => value >= 0n)],
  ['.ifdef', defined(true)],
  ['.ifndef', defined(false)],
  ['.ifnotdef', defined(false)],
  ['.ifb', blank(true)],
  ['.ifnb', blank(false)],
  ['.ifc', alike(true)],
  ['.ifnc', alike(false)],
  ['.ifeqs', alike(true)],
  ['.ifnes', alike(false)],
]);

function skip(assembly: Assembly): void {
  const input = assembly.inputs.at(-1);
  if (input !== undefined) skipCondition(input.lexer);
}

function begin(test: Test): RawDirective {
  return (assembly, call) => {
    const holds = test(assembly, call);
    const isTaken = holds === true;
    // What could not be judged is left out, both ways.
    const isDone = holds !== false;
    assembly.conditions.push({ span: call.name, isDone, isLast: false });
    if (!isTaken) skip(assembly);
    return typeof holds === 'boolean' ? null : holds;
  };
}

function stray({ name }: RawCall): AssemblyError {
  const message = `There is no \`.if\` before this \`${name.text}\`.`;
  return errorAt(name, message, 'Take it away, or write the `.if`.');
}

const otherwise: RawDirective = (assembly, call) => {
  const condition = assembly.conditions.at(-1);
  if (condition === undefined) return stray(call);
  if (condition.isLast) {
    return errorAt(call.name, 'This `.if` has an `.else` already.', 'Take one of them away.');
  }
  condition.isLast = call.name.text === '.else';
  if (condition.isDone) {
    skip(assembly);
    return null;
  }
  if (condition.isLast) {
    condition.isDone = true;
    return null;
  }
  const value = valueOf(assembly, call);
  condition.isDone = value !== 0n;
  if (typeof value !== 'bigint' || value === 0n) skip(assembly);
  return typeof value === 'bigint' ? null : value;
};

const end: RawDirective = (assembly, call) =>
  assembly.conditions.pop() === undefined ? stray(call) : null;

export const conditionDirectives: readonly (readonly [string, RawDirective])[] = [
  ...[...TESTS].map(([name, test]): [string, RawDirective] => [name, begin(test)]),
  ['.else', otherwise],
  ['.elseif', otherwise],
  ['.endif', end],
];

/** Says what was opened since there were `kept` conditions, and never closed. */
export function closeConditions(assembly: Assembly, kept: number): void {
  for (const { span } of assembly.conditions.splice(kept)) {
    assembly.errors.push(errorAt(span, 'This `.if` has no end.', 'Close it with `.endif`.'));
  }
}
