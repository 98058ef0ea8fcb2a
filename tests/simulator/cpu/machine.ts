/** A processor with a little RAM and one device, for the tests of this folder. */
import { NO_ANSWER, type BusPort, type Width } from '../../../simulator/contract/bus';
import { COSTS } from '../../../simulator/contract/costs';
import { RAM_BASE } from '../../../simulator/contract/map';
import type { Operands } from '../../../simulator/isa/rv32/operands';
import { encode } from '../../../simulator/isa/rv32/encode';
import { rowNamed } from '../../../simulator/isa/rv32/table';
import { writeConfig, writeAddress } from '../../../simulator/cpu/pmp';
import type { Engine, Ports, StopReason } from '../../../simulator/cpu/engine';
import { create, type Cpu } from '../../../simulator/cpu/state';

export const RAM_OCTETS = 0x8000;
/** A register that remembers words and counts its readings. */
export const DEVICE = 0x1000_0000;

export type Machine = {
  readonly cpu: Cpu;
  readonly ports: Ports;
  readonly octets: Uint8Array;
  readonly device: { value: number; reads: number; writes: number };
  readonly touched: number[];
};

function busOf(
  octets: Uint8Array,
  device: Machine['device'],
  touch: (page: number) => void,
): BusPort {
  return {
    read: (address, width) => {
      if (address === DEVICE && width === 4) {
        device.reads += 1;
        return (device.value + device.reads) >>> 0;
      }
      const at = address - RAM_BASE;
      if (at < 0 || at + width > octets.length) return NO_ANSWER;
      let value = 0;
      for (let k = width - 1; k >= 0; k--) value = value * 256 + octets[at + k]!;
      return value;
    },
    write: (address, width: Width, value) => {
      if (address === DEVICE && width === 4) {
        device.value = value;
        device.writes += 1;
        return true;
      }
      const at = address - RAM_BASE;
      if (at < 0 || at + width > octets.length) return false;
      for (let k = 0; k < width; k++) {
        touch((at + k) >>> 12);
        octets[at + k] = value >>> (8 * k);
      }
      return true;
    },
  };
}

export function machine(words: readonly number[], options: { gate?: boolean } = {}): Machine {
  const octets = new Uint8Array(RAM_OCTETS);
  const view = new DataView(octets.buffer);
  words.forEach((word, index) => {
    view.setUint32(index * 4, word, true);
  });
  const clean = new Uint8Array(RAM_OCTETS / 4096).fill(1);
  const touched: number[] = [];
  const touch = (page: number): void => {
    clean[page] = 0;
    touched.push(page);
  };
  const device = { value: 0, reads: 0, writes: 0 };
  const ram = { base: RAM_BASE, octets, clean, touch };
  const ports: Ports = {
    bus: busOf(octets, device, (page) => {
      clean[page] = 0;
    }),
    ram,
    costs: COSTS,
    gate: options.gate ?? true,
  };
  return { cpu: create(RAM_BASE, 0), ports, octets, device, touched };
}

/** The word of one instruction; throws when there is no such row. */
export function asm(name: string, operands: Partial<Operands> = {}): number {
  const row = rowNamed(name);
  if (row === undefined) throw new Error(`no instruction ${name}`);
  return encode(row, operands);
}

/** Opens all of memory to user mode with the last entry. */
export function openMemory(cpu: Cpu): void {
  writeAddress(cpu.pmp, 7, 0xffff_ffff);
  writeConfig(cpu.pmp, 1, 0x1f00_0000);
}

/** Runs on after every `device`. */
export function runOn(engine: Engine, { cpu, ports }: Machine, beforeNs: number): StopReason {
  for (;;) {
    const reason = engine.run(cpu, ports, beforeNs);
    if (reason !== 'device') return reason;
  }
}

/** Runs exactly one boundary: an instruction or the entry into an interrupt. */
export function runOne(engine: Engine, { cpu, ports }: Machine): StopReason {
  return engine.run(cpu, ports, cpu.atNs + 1);
}
