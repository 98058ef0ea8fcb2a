/**
 * The bus of a computer as its processor sees it: RAM, and the console's registers. The network
 * interface answers the kernel alone, which is modelled, so no machine code can reach it.
 */
import { NO_ANSWER, type BusPort } from '../contract/bus';
import { CONSOLE_BASE, CONSOLE_OCTETS } from '../contract/map';
import * as console from '../hardware/console';
import * as ram from '../hardware/ram';

/** `fields` answers the fields of now: they are replaced, not changed. */
export function busOf(memory: ram.Ram, fields: () => { console: console.State }): BusPort {
  const inConsole = (address: number): boolean =>
    address >= CONSOLE_BASE && address < CONSOLE_BASE + CONSOLE_OCTETS;
  return {
    read: (address, width) => {
      if (ram.holds(memory, address, width)) return ram.load(memory, address, width);
      if (!inConsole(address) || width !== 1) return NO_ANSWER;
      const now = fields();
      const { state, value } = console.load(now.console, address - CONSOLE_BASE);
      now.console = state;
      return value;
    },
    write: (address, width, value) => {
      if (ram.holds(memory, address, width)) {
        ram.storeWord(memory, address, width, value);
        return true;
      }
      if (!inConsole(address) || width !== 1) return false;
      const now = fields();
      now.console = console.store(now.console, address - CONSOLE_BASE, value);
      return true;
    },
  };
}
