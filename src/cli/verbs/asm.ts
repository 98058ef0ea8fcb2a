/** `asm`: an assembly source to an ELF file, or to a listing. */
import { parseArgs } from 'node:util';
import { writeElf } from '../../../simulator';
import { misused } from '../failure';
import { writeOctets } from '../files';
import { listing } from '../listing';
import { assembleFile } from '../load';
import type { Verb } from '../verb';

export const asm: Verb = {
  usage: 'asm <program.s> [-o program.elf] [--json]',
  summary: 'assembles RV32 in GNU as syntax',
  help: `  -o F     write an ELF file; without it the listing goes to standard output
  --json   the listing as { entry, instructions: [{ address, word, text, symbol? }] }
Errors name line, column, what was expected and the remedy, all at once; exit status 1.
`,
  run: (words) => {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { out: { type: 'string', short: 'o' }, json: { type: 'boolean', default: false } },
    });
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw misused('asm takes one source file');
    const image = assembleFile(path);
    if (values.out !== undefined) writeOctets(values.out, writeElf(image));
    if (values.out === undefined || values.json) process.stdout.write(listing(image, values.json));
    return 0;
  },
};
