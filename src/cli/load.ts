/** A program from files: assembly sources (`.s`, `.S`, `.asm`), or one ELF file. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { link, parseElf, parseMarch, type Image, type SourceError } from '../../simulator';
import { failed, misused } from './failure';
import { readOctets } from './files';

const isSource = (path: string): boolean => /\.(s|asm)$/i.test(path);

const textOf = (path: string): string => new TextDecoder().decode(readOctets(path));

/** `file:line:column: message (remedy)`, one a line, as compilers write it. */
function errorLines(errors: readonly SourceError[]): string {
  return errors
    .map(({ source, line, column, message, remedy }) => {
      return `${source}:${line}:${column}: ${message} ${remedy}`;
    })
    .join('\n');
}

/** What `.include` names is looked for where we are, then beside each source. */
function includeFrom(paths: readonly string[]): (path: string) => string | null {
  return (path) => {
    const places = [path, ...paths.map((source) => join(dirname(source), path))];
    const found = places.find((place) => existsSync(place));
    return found === undefined ? null : textOf(found);
  };
}

/** Several sources become one program, in their order. `march`: what the machine has, or all. */
export function assembleFiles(paths: readonly string[], march?: string): Image {
  const parsed = march === undefined ? null : parseMarch(march);
  if (parsed?.ok === false) throw misused(`--march: ${parsed.message} ${parsed.remedy}`);
  const sources = paths.map((name) => ({ name, text: textOf(name) }));
  const include = includeFrom(paths);
  const made = link(sources, parsed === null ? { include } : { ...parsed, include });
  if (made.ok) return made.image;
  const count = made.errors.length;
  throw failed(`${count} error${count === 1 ? '' : 's'}\n${errorLines(made.errors)}`);
}

export function loadProgram(paths: readonly string[]): Image {
  if (paths.every(isSource)) return assembleFiles(paths);
  const [path, ...more] = paths as [string, ...string[]];
  if (more.length > 0) {
    throw misused('an ELF file is a whole program: give it alone, or several sources');
  }
  const parsed = parseElf(readOctets(path));
  if (!parsed.ok) throw failed(`${path}: ${parsed.error}`);
  for (const warning of parsed.warnings) process.stderr.write(`autochitect: ${path}: ${warning}\n`);
  return parsed.image;
}
