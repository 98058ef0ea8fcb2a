/** `asm`: assembly sources to an ELF file, or to a listing. */
import { parseArgs } from 'node:util';
import { writeElf } from '../../../simulator';
import { misused } from '../failure';
import { writeOctets } from '../files';
import { listing } from '../listing';
import { assembleFiles } from '../load';
import type { Verb } from '../verb';

export const asm: Verb = {
  usage: 'asm <program.s> [more.s ...] [-o program.elf] [--march rv32imac] [--json]',
  summary: 'assembles RV32 in GNU as syntax, and links several sources',
  help: `  -o F       write an ELF file; without it the listing goes to standard output
  --march M  what the machine has, rv32imac_zicsr_zifencei or less; without c nothing takes 16 bits
  --json     the listing as { entry, instructions: [{ address, word, text, symbol?, line? }] }
Errors name file, line, column, what was expected and the remedy, all at once; exit status 1.
`,
  run: (words) => {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        out: { type: 'string', short: 'o' },
        march: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0) throw misused('asm takes source files');
    const image = assembleFiles(positionals, values.march);
    if (values.out !== undefined) writeOctets(values.out, writeElf(image));
    if (values.out === undefined || values.json) process.stdout.write(listing(image, values.json));
    return 0;
  },
};
