/** The assembler before its first statement. */
import { createSection } from './sections';
import type { Assembly, Mode } from './state';

/** Comparisons of spelling for one source. */
const SPELLING_BUDGET = 300_000;

export function createAssembly(name: string, mode: Mode, include: Assembly['include']): Assembly {
  const text = createSection('.text', null, false);
  text.alignOctets = mode.extensions.has('C') ? 2 : 4;
  return {
    name,
    sections: new Map([[text.name, text]]),
    current: text,
    previous: text,
    pushed: [],
    symbols: new Map(),
    globals: new Set(),
    weak: new Set(),
    commons: new Map(),
    sizes: new Map(),
    kinds: new Map(),
    locals: new Map(),
    items: [],
    errors: [],
    speller: { budget: SPELLING_BUDGET },
    totalOctets: 0,
    mode,
    modes: [],
    hasCode: false,
    inputs: [],
    macros: new Map(),
    conditions: [],
    expansions: 0,
    expandedCharacters: 0,
    include,
    outside: { value: () => null, names: () => [], owner: () => null },
  };
}
