import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { articles } from './scripts/articles.mjs';
import { isolation } from './scripts/isolation.mjs';
import { later } from './scripts/later.mjs';
import { programs } from './scripts/programs.mjs';
import { wordless } from './scripts/wordless.mjs';

const rolldownOptions = {
  // `npm start` says the address, not which plugin took how long.
  checks: { bundlerTimings: false },
  // The engine and the scenarios are functions and plain data: loading them does nothing. So what
  // comes through the engine's one door goes into the chunk that uses it, not all into one.
  treeshake: {
    moduleSideEffects: [{ test: /\/(simulator|scenarios)\/[^?]+\.ts$/, sideEffects: false }],
  },
};

export default defineConfig({
  plugins: [articles(), programs(), svelte()],
  worker: {
    format: 'es',
    plugins: () => [programs(), wordless(), later()],
    rolldownOptions,
  },
  // The first versions with CSS light-dark().
  build: {
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    sourcemap: false,
    rolldownOptions,
  },
  server: { host: '127.0.0.1', port: 5173, headers: isolation },
});
