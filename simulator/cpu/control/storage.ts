/** The datapath's way to memory and to the control and status registers. */
import { csrName } from '../../isa/rv32/csrs';
import { readCsr, reachable, writeCsr } from '../csrs';
import { inRam } from '../engine';
import { fetch, load, store } from '../memory';
import { MACHINE, SLOT } from '../state';
import { EXCEPTION, mret, saveCause, stackMode } from '../trap';
import { know, type Known } from './rows';
import { raise, type Site } from './site';

export function useMemory(site: Site): 'fault' | null {
  const { cpu, latches, ports, signals, known, record } = site;
  if (signals.memory === '-') return null;
  const address = signals.address === 'pc' ? cpu.pc : latches.result;
  record?.({ kind: 'address', from: signals.address, to: 'bus.address', value: address });
  if (signals.memory === 'fetch') return fetchWord(site, address);
  const { width, signed } = (known as Known).control;
  latches.device = !inRam(ports, address);
  if (signals.memory === 'write') {
    record?.({ kind: 'word', from: 'b', to: 'bus.data', value: latches.b });
    const stored = store(cpu, ports.bus, address, width, latches.b);
    // Negative answers tell the octet that faulted, see memory.ts.
    if (stored < 0) return raise(site, EXCEPTION.storeAccess, (address - 1 - stored) >>> 0);
    return null;
  }
  const value = load(cpu, ports.bus, address, width);
  if (value < 0) return raise(site, EXCEPTION.loadAccess, (address - 1 - value) >>> 0);
  const shift = 32 - 8 * width;
  latches.data = signed ? ((value << shift) >> shift) >>> 0 : value;
  record?.({ kind: 'word', from: 'bus.data', to: 'data', value: latches.data });
  return null;
}

function fetchWord(site: Site, address: number): 'fault' | null {
  const { cpu, latches, ports, record } = site;
  if (address % 4 !== 0) return raise(site, EXCEPTION.fetchMisaligned, address);
  const word = fetch(cpu, ports.bus, address);
  if (word < 0) return raise(site, EXCEPTION.fetchAccess, address);
  latches.ir = word;
  latches.known = know(word);
  record?.({ kind: 'word', from: 'bus.data', to: 'ir', value: word });
  record?.({ kind: 'pc', from: 'pc', to: 'oldPc', value: address });
  return null;
}

export function useCsr(site: Site): 'fault' | null {
  const { cpu, signals, record } = site;
  switch (signals.csr) {
    case '-':
      return null;
    case 'read':
      return readStatus(site);
    case 'write':
      writeStatus(site);
      return null;
    case 'save':
      save(site);
      return null;
    case 'stack':
      stackMode(cpu);
      break;
    case 'unstack':
      // §3.3.2: MRET below machine mode is illegal.
      if (cpu.mode < MACHINE) return raise(site, EXCEPTION.illegal, site.latches.ir);
      mret(cpu);
      break;
  }
  const status = cpu.csr[SLOT.mstatus] as number;
  record?.({ kind: 'csr', from: 'control', to: 'mstatus', value: status });
  return null;
}

function readStatus(site: Site): 'fault' | null {
  const { cpu, latches, record } = site;
  const known = site.known as Known;
  const { csr } = known.operands;
  if (!reachable(cpu, csr, writes(known))) return raise(site, EXCEPTION.illegal, latches.ir);
  latches.data = readCsr(cpu, csr);
  record?.({ kind: 'csr', from: csrName(csr), to: 'data', value: latches.data });
  return null;
}

function writeStatus({ cpu, latches, known, record }: Site): void {
  const { csr } = (known as Known).operands;
  if (!writes(known as Known)) return;
  latches.wroteCsr = csr;
  writeCsr(cpu, csr, latches.result);
  record?.({ kind: 'csr', from: 'result', to: csrName(csr), value: latches.result });
}

function save({ cpu, latches, record }: Site): void {
  saveCause(cpu, latches.cause, latches.value, latches.oldPc);
  record?.({ kind: 'csr', from: 'oldPc', to: 'mepc', value: latches.oldPc });
  record?.({ kind: 'csr', from: 'control', to: 'mcause', value: latches.cause });
  record?.({ kind: 'csr', from: 'control', to: 'mtval', value: latches.value });
}

/** §9.1: CSRRS and CSRRC do not write when their source is x0 or the immediate zero. */
function writes({ operands, control }: Known): boolean {
  const replaces = control.route === 'replaceCsr' || control.route === 'replaceCsrImmediate';
  return replaces || operands.rs1 !== 0 || operands.zimm !== 0;
}
