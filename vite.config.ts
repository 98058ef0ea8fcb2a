import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { articles } from './scripts/articles.mjs';
import { isolation } from './scripts/isolation.mjs';

export default defineConfig({
  plugins: [articles(), svelte()],
  worker: { format: 'es' },
  // The first versions with CSS light-dark().
  build: {
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    sourcemap: false,
    // `npm start` says the address, not which plugin took how long.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  server: { host: '127.0.0.1', port: 5173, headers: isolation },
});
