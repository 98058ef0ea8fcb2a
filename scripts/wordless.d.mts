import type { Plugin } from 'vite';

export function withoutWords(code: string, parse: (code: string) => unknown): string;
export function wordless(): Plugin;
