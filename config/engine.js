/** What the engine may not say: whatever differs between machines, browsers or two runs of a seed. */

/** Exactly rounded in every engine, or exact by definition; all others may differ in the last bit. */
const exactMath =
  'abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|PI|E|LN2|LN10|LOG2E|LOG10E|SQRT2|SQRT1_2';

const noFloatMath = 'Differs between JavaScript engines: use the exact versions in simulator/bits.';
const noLocale = 'Depends on the reader’s machine: compare and print code units.';

/** Rows for `no-restricted-syntax`. */
export const pureSyntax = [
  [
    ':matches(FunctionDeclaration, FunctionExpression)[generator=true]',
    'A generator cannot be snapshotted: write a step function over plain state.',
  ],
  [':function[async=true]', 'The engine is synchronous: return an effect instead.'],
  ['AwaitExpression', 'The engine is synchronous: return an effect instead.'],
  ['ImportExpression', 'The engine is synchronous: import at the top.'],
  ['ClassDeclaration, ClassExpression', 'State is plain data; behaviour is functions.'],
  [`MemberExpression[object.name="Math"][property.name!=/^(${exactMath})$/]`, noFloatMath],
  ['VariableDeclarator[init.name="Math"]', noFloatMath],
  ['BinaryExpression[operator="**"], AssignmentExpression[operator="**="]', noFloatMath],
  ['MemberExpression[property.name=/^(toLocale\\w*|localeCompare)$/]', noLocale],
].map(([selector, message]) => ({ selector, message }));

/** Rows for `no-restricted-globals`. */
export const impureGlobals = [
  ['Date', 'Time is an input.'],
  ['performance', 'Time is an input.'],
  ['Promise', 'The engine is synchronous: return an effect instead.'],
  ['queueMicrotask', 'The engine is synchronous: return an effect instead.'],
  ['setTimeout', 'Say `wakeAt` in the state and let the world wake you.'],
  ['setInterval', 'Say `wakeAt` in the state and let the world wake you.'],
  ['setImmediate', 'Say `wakeAt` in the state and let the world wake you.'],
  ['requestAnimationFrame', 'Say `wakeAt` in the state and let the world wake you.'],
  ['crypto', 'Draw from the seeded stream in the state.'],
  ['Intl', noLocale],
  ['WeakRef', 'Depends on the garbage collector.'],
  ['FinalizationRegistry', 'Depends on the garbage collector.'],
  ['globalThis', 'Name what you need.'],
].map(([name, message]) => ({ name, message }));

/** Folders whose trade is bits; elsewhere a bitwise operator is a layout that belongs in a codec. */
export const bitFolders = ['bits', 'isa', 'wire', 'cpu', 'hardware', 'runtime'];
