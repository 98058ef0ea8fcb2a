// Random programs against QEMU: `npm run judge`, `npm run judge -- --programs 10000`.
import { runProgram } from './program.mjs';

await runProgram('judge', 'tests/machine/judge.ts');
