/**
 * A program ready to be put into memory: what the assembler and the ELF loader answer with, and
 * what a computer is given. Addresses are unsigned 32-bit.
 */

export type Flags = { readonly read: boolean; readonly write: boolean; readonly execute: boolean };

/** A stretch of memory; `octets` holds all of it, the zeros of .bss too. */
export type Segment = {
  readonly name: string;
  readonly address: number;
  readonly octets: Uint8Array;
  readonly flags: Flags;
};

/** `section` is `*ABS*` when the value is a plain number and no place. */
export type ImageSymbol = {
  readonly name: string;
  readonly address: number;
  readonly section: string;
  readonly global: boolean;
  /** What `.size` says, and left out where nothing does. */
  readonly sizeOctets?: number;
  /** What `.type` says. */
  readonly kind?: 'function' | 'object';
};

/** The octets that one line of the source made; lines count from 1. */
export type SourceLine = {
  readonly address: number;
  readonly lengthOctets: number;
  readonly line: number;
  readonly source: string;
};

export type Image = {
  readonly entry: number;
  /** In ascending order of address. */
  readonly segments: readonly Segment[];
  readonly symbols: readonly ImageSymbol[];
  /** In ascending order of address. Empty when the program came without its source. */
  readonly lines: readonly SourceLine[];
};

export const ABSOLUTE = '*ABS*';

/** `0x` and eight digits. */
export function hexAddress(address: number): string {
  return `0x${(address >>> 0).toString(16).padStart(8, '0')}`;
}
