/** Operands of directives: expressions, and numbers that must be known in the first pass. */
import type { Call } from './call';
import { errorAt, type AssemblyError } from './errors';
import { evaluate } from './evaluate';
import { parseWhole } from './expression';
import { cursorOf } from './immediate';
import { here, type Assembly, type Datum } from './state';
import { firstScope } from './symbols';

export function datumAt(assembly: Assembly, call: Call, index: number): Datum | AssemblyError {
  const slice = call.slices[index];
  if (slice === undefined) return missing(call);
  const cursor = cursorOf(assembly, call.tokens, slice);
  const expression = parseWhole(cursor);
  if (expression !== null) return { expression, span: slice.span };
  return cursor.error ?? errorAt(slice.span, 'This is no value.', 'Write a number or a label.');
}

export function missing(call: Call, remedy = 'Write a number after it.'): AssemblyError {
  return errorAt(call.name, `\`${call.name.text}\` needs an operand.`, remedy);
}

/** At most `most` operands. */
export function tooMany(call: Call, most: number): AssemblyError | null {
  const extra = call.slices[most];
  if (extra === undefined) return null;
  const message = `\`${call.name.text}\` takes no more than ${most} operands.`;
  return errorAt(extra.span, message, 'Take the rest away.');
}

/** A whole number from `low` to `high` that does not depend on what follows in the source. */
export function constantAt(
  assembly: Assembly,
  call: Call,
  index: number,
  [low, high]: readonly [number, number],
): number | AssemblyError {
  const datum = datumAt(assembly, call, index);
  if ('message' in datum) return datum;
  const found = evaluate(datum.expression, firstScope(assembly, here(assembly)));
  if (!found.ok) return found.error;
  if (found.section !== null) {
    const message = 'A number is expected here, not an address.';
    return errorAt(datum.span, message, 'Subtract two labels of one section.');
  }
  if (found.value < BigInt(low) || found.value > BigInt(high)) {
    const message = `${found.value} is outside ${low} to ${high}.`;
    return errorAt(datum.span, message, `Write a number from ${low} to ${high}.`);
  }
  return Number(found.value);
}
