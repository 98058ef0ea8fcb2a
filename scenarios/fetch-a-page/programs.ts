/** The two programs, assembled. Where the page is built this is done once (scripts/programs.mjs). */
import { programFrom, type MachineProgram } from '../../simulator';
import clientSource from './client.s?raw';
import serverSource from './server.s?raw';

/** A source that does not assemble is the author's mistake: it throws when it is loaded. */
function assembled(name: string, source: string): MachineProgram {
  const made = programFrom(name, source);
  if (made.ok) return made.program;
  const told = made.errors.map(({ line, message }) => `${name}.s:${line}: ${message}`);
  throw new Error(told.join('\n'));
}

export const client = assembled('client', clientSource);
export const server = assembled('server', serverSource);
