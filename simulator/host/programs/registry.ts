/** The modelled programs, by the name that the state of a process holds. */
import { assert } from '../../contract/outcome';
import type { Program } from '../../contract/program';
import { BULK } from './bulk';
import { DISCARD, ECHO } from './echo';
import { HTTPD } from './httpd';
import { PING } from './ping';
import { UDP_ECHO } from './udpEcho';

const PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ['bulk', BULK],
  ['discard', DISCARD],
  ['echo', ECHO],
  ['httpd', HTTPD],
  ['ping', PING],
  ['udp-echo', UDP_ECHO],
]);

/** Scenarios are checked when they are loaded, so an unknown name is a defect of ours. */
export function programNamed(name: string): Program {
  const program = PROGRAMS.get(name);
  assert(program !== undefined, `there is a modelled program called ${name}`);
  return program;
}
