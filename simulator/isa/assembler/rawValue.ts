/** A number that a raw directive is given: it must be known at this point of the source. */
import type { RawCall } from './call';
import { errorAt, type AssemblyError } from './errors';
import { evaluate } from './evaluate';
import { parseWhole } from './expression';
import { cursorOf } from './immediate';
import { createLexer, nextStatement } from './lexer';
import { here, type Assembly } from './state';
import { firstScope } from './symbols';

export function valueOf(assembly: Assembly, { name, text }: RawCall): bigint | AssemblyError {
  // Read at the place of the directive itself, whose operands have no columns of their own here.
  const statement = nextStatement(createLexer(text, name, name.within ?? ''));
  const [wrong] = statement?.errors ?? [];
  if (wrong !== undefined) return wrong;
  const tokens = (statement?.tokens ?? []).map((token) => ({
    ...token,
    within: name.within ?? null,
  }));
  if (tokens.length === 0) {
    return errorAt(name, `\`${name.text}\` needs an operand.`, 'Write a number after it.');
  }
  const cursor = cursorOf(assembly, tokens, { from: 0, to: tokens.length });
  const expression = parseWhole(cursor);
  if (expression === null) {
    return cursor.error ?? errorAt(name, 'This is no value.', 'Write a number.');
  }
  const found = evaluate(expression, firstScope(assembly, here(assembly)));
  if (!found.ok) return found.error;
  if (found.section === null) return found.value;
  const message = 'A number is expected here, not an address.';
  return errorAt(name, message, 'Subtract two labels of one section.');
}
