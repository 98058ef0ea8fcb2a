/** Reading the moves of words inside a processor: `client.cpu.alu.a` and what went there. */
import type { Move } from '../../simulator';

/** Does it carry a word between the parts of a processor, or over its bus. */
export const isInside = ({ fine, from }: Move): boolean => fine && from.split('.')[1] === 'cpu';

/** The place in the datapath that a path ends with: `alu.a`. */
export const placeIn = (path: string): string => path.split('.').slice(2).join('.');

/** The word that it carries, unsigned. */
export const valueOf = ({ what }: Move): number => (what as { readonly value: number }).value;
