/** The datapath's way to memory and to the control and status registers. */
import { octetsOf } from '../../isa/rv32/decode';
import { csrName } from '../../isa/rv32/csrs';
import { readCsr, reachable, writeCsr } from '../csrs';
import {
  causeOf,
  fetch,
  load,
  loadForStore,
  loadReserved,
  offsetOf,
  store,
  storeConditional,
} from '../memory';
import { MACHINE, SLOT } from '../state';
import { EXCEPTION, MSTATUS_TSR } from '../status';
import { handlerOf, mret, saveCause, slotsOf, sret, stackMode } from '../trap';
import { mayUse } from './parts';
import { know, type Known } from './rows';
import { raise, type Site } from './site';

export function useMemory(site: Site): 'fault' | null {
  const { cpu, latches, signals, record } = site;
  if (signals.memory === '-') return null;
  const address = signals.address === 'pc' ? cpu.pc : latches.result;
  record?.({ kind: 'address', from: signals.address, to: 'bus.address', value: address });
  const answer = ask(site, address);
  // Negative answers tell cause and octet, see memory.ts.
  if (answer < 0) return raise(site, causeOf(answer), (address + offsetOf(answer)) >>> 0);
  keep(site, address, answer);
  return null;
}

/** What memory answers to the state's signal. */
function ask({ cpu, latches, ports, signals, known, record }: Site, address: number): number {
  switch (signals.memory) {
    case 'fetch':
      return fetch(cpu, ports, address);
    case 'reserve':
      return loadReserved(cpu, ports, address);
    case 'forStore':
      return loadForStore(cpu, ports, address);
    case 'read':
      return load(cpu, ports, address, (known as Known).control.width, latches);
    case 'conditional':
      record?.({ kind: 'word', from: 'b', to: 'bus.data', value: latches.b });
      return storeConditional(cpu, ports, address, latches.b);
    case 'write':
      record?.({ kind: 'word', from: 'b', to: 'bus.data', value: latches.b });
      return store(cpu, ports, address, (known as Known).control.width, latches.b, latches);
    case '-':
      return 0;
  }
}

/** What was read goes into the instruction register or the data register. */
function keep({ latches, signals, known, record }: Site, address: number, value: number): void {
  if (signals.memory === 'write') return;
  if (signals.memory === 'fetch') {
    latches.ir = value;
    latches.length = octetsOf(value);
    latches.known = know(value);
    record?.({ kind: 'word', from: 'bus.data', to: 'ir', value });
    record?.({ kind: 'pc', from: 'pc', to: 'oldPc', value: address });
    return;
  }
  const { width, signed } = (known as Known).control;
  const shift = 32 - 8 * width;
  latches.data = signed ? ((value << shift) >> shift) >>> 0 : value;
  record?.({ kind: 'word', from: 'bus.data', to: 'data', value: latches.data });
}

export function useCsr(site: Site): 'fault' | null {
  switch (site.signals.csr) {
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
      stackMode(site.cpu, site.latches.cause);
      break;
    case 'unstack':
      // §3.3.2: MRET below machine mode is illegal.
      if (site.cpu.mode < MACHINE) return raise(site, EXCEPTION.illegal, site.latches.ir);
      mret(site.cpu);
      break;
    case 'unstackSupervisor':
      // §3.3.2: SRET is illegal for users, and with TSR for supervisors.
      if (!mayUse(site.cpu, MSTATUS_TSR)) return raise(site, EXCEPTION.illegal, site.latches.ir);
      sret(site.cpu);
      break;
  }
  const value = site.cpu.csr[SLOT.mstatus] as number;
  site.record?.({ kind: 'csr', from: 'control', to: 'mstatus', value });
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
  const { epc, cause, tval } = slotsOf(handlerOf(cpu, latches.cause));
  saveCause(cpu, latches.cause, latches.value, latches.oldPc);
  record?.({ kind: 'csr', from: 'oldPc', to: epc, value: latches.oldPc });
  record?.({ kind: 'csr', from: 'control', to: cause, value: latches.cause });
  record?.({ kind: 'csr', from: 'control', to: tval, value: latches.value });
}

/** §7.1: CSRRS and CSRRC do not write when their source is x0 or the immediate zero. */
function writes({ operands, control }: Known): boolean {
  const replaces = control.route === 'replaceCsr' || control.route === 'replaceCsrImmediate';
  return replaces || operands.rs1 !== 0 || operands.zimm !== 0;
}
