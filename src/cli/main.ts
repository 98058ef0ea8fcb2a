/** The engine without a screen: picks the verb, prints help and errors, sets the exit status. */
import { Failure } from './failure';
import type { Verb } from './verb';
import { asm } from './verbs/asm';
import { bridge } from './verbs/bridge';
import { disasm } from './verbs/disasm';
import { exec } from './verbs/exec';
import { list } from './verbs/list';
import { run } from './verbs/run';

const VERBS: Readonly<Record<string, Verb>> = { list, run, exec, asm, disasm, bridge };

function usage(): string {
  const width = Math.max(...Object.values(VERBS).map((verb) => verb.usage.length)) + 2;
  const lines = Object.values(VERBS).map((verb) => `  ${verb.usage.padEnd(width)}${verb.summary}`);
  return `autochitect <verb>\n\n${lines.join('\n')}\n\nMore about one: autochitect <verb> --help\n`;
}

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(usage());
    return name === undefined ? 2 : 0;
  }
  const verb = VERBS[name];
  if (verb === undefined) {
    process.stderr.write(`autochitect: there is no verb "${name}"\n\n${usage()}`);
    return 2;
  }
  if (rest.includes('--help')) {
    process.stdout.write(`autochitect ${verb.usage}\n\n${verb.summary}\n\n${verb.help}`);
    return 0;
  }
  return verb.run(rest);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // node:util's parseArgs speaks of the option by name; that is a misuse too.
  const parse = error instanceof TypeError && 'code' in error;
  if (!(error instanceof Failure) && !parse) throw error;
  process.stderr.write(`autochitect: ${error.message}\n`);
  process.exitCode = error instanceof Failure ? error.status : 2;
}
