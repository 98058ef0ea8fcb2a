#!/usr/bin/env node
// The engine without a screen: `npm run sim -- <verb>`, or `npx autochitect <verb>`.
import { runProgram } from './program.mjs';

await runProgram('cli', 'src/cli/main.ts');
