// The benchmarks: `npm run bench`, `npm run bench -- <name>`.
import { runProgram } from './program.mjs';

await runProgram('bench', 'tests/bench/main.ts');
