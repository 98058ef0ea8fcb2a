import type { Plugin } from 'vite';
import type { MachineProgram } from '../simulator';

/** The source of a module that exports these programs, with or without their images. */
export function moduleOf(made: Readonly<Record<string, MachineProgram>>, images: boolean): string;

export function programs(): Plugin;
