import type { Plugin } from 'vite';

export function later(): Plugin;
