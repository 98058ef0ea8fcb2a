/** A program from a file: an assembly source (`.s`, `.S`, `.asm`) or an ELF file. */
import { basename } from 'node:path';
import { assemble, parseElf, type AssemblyError, type Image } from '../../simulator';
import { failed } from './failure';
import { readOctets } from './files';

const isSource = (path: string): boolean => /\.(s|asm)$/i.test(path);

/** `file:line:column: message (remedy)`, one a line, as compilers write it. */
export function errorLines(path: string, errors: readonly AssemblyError[]): string {
  return errors
    .map(({ line, column, message, remedy }) => `${path}:${line}:${column}: ${message} ${remedy}`)
    .join('\n');
}

export function assembleFile(path: string): Image {
  const source = new TextDecoder().decode(readOctets(path));
  const made = assemble(source, { sourceName: basename(path) });
  if (made.ok) return made.image;
  const count = made.errors.length;
  throw failed(`${count} error${count === 1 ? '' : 's'}\n${errorLines(path, made.errors)}`);
}

export function loadProgram(path: string): Image {
  if (isSource(path)) return assembleFile(path);
  const parsed = parseElf(readOctets(path));
  if (!parsed.ok) throw failed(`${path}: ${parsed.error}`);
  return parsed.image;
}
