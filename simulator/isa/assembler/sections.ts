/** Sections by name and flags: what the usual names mean. */
import type { Flags } from '../image';
import type { Section } from './state';

const READ = { read: true, write: false, execute: false };

/** What the usual names mean: the first prefix that fits. */
const KNOWN: readonly (readonly [prefix: string, flags: Flags, zero: boolean])[] = [
  ['.text', { ...READ, execute: true }, false],
  ['.init', { ...READ, execute: true }, false],
  ['.fini', { ...READ, execute: true }, false],
  ['.rodata', READ, false],
  ['.srodata', READ, false],
  ['.data', { ...READ, write: true }, false],
  ['.sdata', { ...READ, write: true }, false],
  ['.bss', { ...READ, write: true }, true],
  ['.sbss', { ...READ, write: true }, true],
];

const UNLOADED = /^\.(comment|note|debug|eh_frame|riscv\.attributes|gnu)/;

/** `letters`: what `.section` was given (`a` loaded, `w` written, `x` executed), or null. */
export function createSection(name: string, letters: string | null, isZero: boolean): Section {
  const known = KNOWN.find(([prefix]) => name === prefix || name.startsWith(`${prefix}.`));
  const given = letters ?? (UNLOADED.test(name) ? '' : 'aw');
  const flags = known?.[1] ?? {
    read: true,
    write: given.includes('w'),
    execute: given.includes('x'),
  };
  return {
    name,
    flags,
    isLoaded: known !== undefined || (given.includes('a') && !UNLOADED.test(name)),
    isZero: known?.[2] ?? isZero,
    alignOctets: 1,
    sizeOctets: 0,
    address: 0,
    octets: new Uint8Array(0),
    items: [],
    region: 0,
  };
}
