/**
 * The same random cases on every machine: a change is judged by what it changed, not by luck.
 * `SEED=random` (as `npm run fuzz` has it) or `SEED=7` looks for others; a failure names its seed.
 */
import fc from 'fast-check';

// A browser has no environment to ask.
const given = typeof process === 'undefined' ? undefined : process.env['SEED'];
const usual = 20_261_122;
if (given !== 'random') fc.configureGlobal({ seed: Number(given ?? usual) });
