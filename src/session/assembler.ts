/**
 * The simulator's assembler, loaded when a program that somebody edited is to be assembled: the
 * programs that scenarios bring along come assembled (scripts/programs.mjs).
 */
import type { programFrom } from '../../simulator';

let loaded: typeof programFrom | null = null;

/** Rejects when it cannot be fetched; may be tried again then. */
export async function loadAssembler(): Promise<void> {
  loaded ??= (await import('./programFrom')).programFrom;
}

export const isAssemblerLoaded = (): boolean => loaded !== null;

/** As `programFrom`, after {@link loadAssembler}; before that it throws. */
export const assembled: typeof programFrom = (...source) => {
  if (loaded === null) throw new Error('the assembler is not loaded');
  return loaded(...source);
};
