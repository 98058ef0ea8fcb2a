/** `disasm`: the code of an ELF file as text. */
import { parseArgs } from 'node:util';
import { misused } from '../failure';
import { listing } from '../listing';
import { loadProgram } from '../load';
import type { Verb } from '../verb';

export const disasm: Verb = {
  usage: 'disasm <program.elf|program.s ...> [--json]',
  summary: 'disassembles what a program executes',
  help: '  --json   { entry, instructions: [{ address, word, text, symbol?, line? }] }\n',
  run: (words) => {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    if (positionals.length === 0) throw misused('disasm takes a program');
    process.stdout.write(listing(loadProgram(positionals), values.json));
    return 0;
  },
};
