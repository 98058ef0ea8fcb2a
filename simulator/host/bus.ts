/**
 * The bus of a computer as its processor sees it: RAM, and the registers of timer, interrupt
 * controller and console. The network interface answers the kernel alone, which is modelled, so no
 * machine code can reach it.
 */
import { NO_ANSWER, type BusPort, type Width } from '../contract/bus';
import {
  CLINT_BASE,
  CLINT_OCTETS,
  CONSOLE_BASE,
  CONSOLE_OCTETS,
  PLIC_BASE,
  PLIC_OCTETS,
} from '../contract/map';
import type { Nanos } from '../contract/time';
import * as clint from '../hardware/clint';
import * as console from '../hardware/console';
import * as plic from '../hardware/plic';
import * as ram from '../hardware/ram';

/** The devices' states, which reading and writing replaces. */
export type Registers = { console: console.State; clint: clint.State; plic: plic.State };

type Device = {
  readonly base: number;
  readonly lengthOctets: number;
  /** The only width it answers to. */
  readonly width: Width;
  /** NO_ANSWER where it has no register. */
  readonly read: (now: Registers, offset: number, timeNs: Nanos) => number;
  readonly write: (now: Registers, offset: number, value: number) => boolean;
};

const DEVICES: readonly Device[] = [
  {
    base: CONSOLE_BASE,
    lengthOctets: CONSOLE_OCTETS,
    width: 1,
    read: (now, offset) => {
      const { state, value } = console.load(now.console, offset);
      now.console = state;
      return value;
    },
    write: (now, offset, value) => {
      now.console = console.store(now.console, offset, value);
      return true;
    },
  },
  {
    base: CLINT_BASE,
    lengthOctets: CLINT_OCTETS,
    width: 4,
    read: (now, offset, timeNs) => clint.load(now.clint, offset, timeNs) ?? NO_ANSWER,
    write: (now, offset, value) => {
      const next = clint.store(now.clint, offset, value);
      now.clint = next ?? now.clint;
      return next !== null;
    },
  },
  {
    base: PLIC_BASE,
    lengthOctets: PLIC_OCTETS,
    width: 4,
    read: (now, offset) => {
      const done = plic.load(now.plic, offset);
      if (done === null) return NO_ANSWER;
      now.plic = done.state;
      return done.value;
    },
    write: (now, offset, value) => {
      const next = plic.store(now.plic, offset, value);
      now.plic = next ?? now.plic;
      return next !== null;
    },
  },
];

function deviceAt(address: number, width: Width): Device | undefined {
  return DEVICES.find(
    (device) =>
      address >= device.base &&
      address < device.base + device.lengthOctets &&
      width === device.width,
  );
}

/** `registers` answers those of now; `timeNs` is the processor's. */
export function busOf(memory: ram.Ram, registers: () => Registers, timeNs: () => Nanos): BusPort {
  return {
    read: (address, width) => {
      if (ram.holds(memory, address, width)) return ram.load(memory, address, width);
      const device = deviceAt(address, width);
      if (device === undefined) return NO_ANSWER;
      return device.read(registers(), address - device.base, timeNs());
    },
    write: (address, width, value) => {
      if (ram.holds(memory, address, width)) {
        ram.storeWord(memory, address, width, value);
        return true;
      }
      const device = deviceAt(address, width);
      return device?.write(registers(), address - device.base, value) ?? false;
    },
  };
}
