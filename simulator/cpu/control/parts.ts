/** The parts of the datapath around the ALU: operands, targets, write-back. */
import { compare, OPERATIONS, type Operation } from '../alu';
import { MULTIPLICATIONS } from '../multiplier';
import { MACHINE, SLOT, SUPERVISOR, type Cpu } from '../state';
import { EXCEPTION, MSTATUS_TVM, MSTATUS_TW } from '../status';
import { flush } from '../tlb';
import { awake, vectorOf } from '../trap';
import type { Known } from './rows';
import { raise, type Site } from './site';
import type { Signals } from './states';

const X = Array.from({ length: 32 }, (_, n) => `x${n}`);
const nameOf = (register: number): string => X[register] as string;

/** What the control unit does by itself. */
export function act(site: Site): 'fault' | null {
  const { cpu, latches, signals, known, record } = site;
  switch (signals.act) {
    case 'operands': {
      if (known === null) return raise(site, EXCEPTION.illegal, latches.ir);
      readOperands(site, known);
      return null;
    }
    case 'call':
      return raise(site, EXCEPTION.callFromUser + cpu.mode, 0);
    case 'breakpoint':
      // §3.1.16 leaves the choice between 0 and the address of the EBREAK, which mepc has anyway.
      return raise(site, EXCEPTION.breakpoint, 0);
    case 'forget': {
      // §3.1.6.5: TVM keeps supervisors from the page tables; users never reach them (§4.2.1).
      if (!mayUse(cpu, MSTATUS_TVM)) return raise(site, EXCEPTION.illegal, latches.ir);
      forget(site, known as Known);
      return null;
    }
    case 'sleep': {
      // §3.1.6.5: with TW, WFI below machine mode is illegal once a time has passed; here at once,
      // as it is for users wherever there is a supervisor (§3.3.3).
      if (!mayUse(cpu, MSTATUS_TW)) return raise(site, EXCEPTION.illegal, latches.ir);
      cpu.waiting = !awake(cpu);
      record?.({ kind: 'csr', from: 'mip', to: 'control', value: cpu.csr[SLOT.mip] as number });
      return null;
    }
    case '-':
      return null;
  }
}

/** Machine mode always; supervisor mode unless `trap` of mstatus says no; user mode never. */
export function mayUse(cpu: Cpu, trap: number): boolean {
  if (cpu.mode === SUPERVISOR) return ((cpu.csr[SLOT.mstatus] as number) & trap) === 0;
  return cpu.mode === MACHINE;
}

/** SFENCE.VMA, §4.2.1: rs1 names an address, rs2 an address space; x0 means every one. */
function forget({ cpu, latches, record }: Site, { operands: { rs1, rs2 } }: Known): void {
  const page = rs1 === 0 ? null : latches.a >>> 12;
  const asid = rs2 === 0 ? null : latches.b & 0x1ff;
  flush(cpu.fetches, page, asid);
  flush(cpu.data, page, asid);
  cpu.epoch += 1;
  record?.({ kind: 'word', from: 'a', to: 'tlb', value: latches.a });
}

function readOperands({ cpu, latches, record }: Site, { operands, control }: Known): void {
  const { rs1, rs2, imm, zimm } = operands;
  const small = control.route === 'replaceCsrImmediate' || control.route === 'modifyCsrImmediate';
  latches.a = (cpu.x[rs1] as number) >>> 0;
  latches.b = (cpu.x[rs2] as number) >>> 0;
  // An atomic has no offset: its immediate is the ordering.
  const offset = operands.row.class === 'atomic' ? 0 : imm >>> 0;
  latches.immediate = small ? zimm : offset;
  if (record === undefined) return;
  record({ kind: 'register', from: nameOf(rs1), to: 'a', value: latches.a });
  record({ kind: 'register', from: nameOf(rs2), to: 'b', value: latches.b });
  record({ kind: 'word', from: 'ir', to: 'immediate', value: latches.immediate });
}

/** The ALU or the multiplier works on two operands. */
export function useAlu(site: Site): null {
  const { signals, record } = site;
  if (signals.alu === '-') return null;
  const a = operandA(site);
  const b = operandB(site);
  const unit = signals.alu === 'multiply' ? 'multiplier' : 'alu';
  record?.({ kind: 'operand', from: signals.aluA, to: `${unit}.a`, value: a });
  record?.({ kind: 'operand', from: signals.aluB, to: `${unit}.b`, value: b });
  const result = compute(site, a, b);
  keep(site, unit, result);
  return null;
}

function compute({ latches, signals, known }: Site, a: number, b: number): number {
  if (signals.alu === 'multiply') {
    const operation = (known as Known).control.multiplication;
    const result = MULTIPLICATIONS[operation](a, b);
    latches.multiplier = { operation, a, b, result };
    return result;
  }
  const operation = operationOf(signals, known);
  const result = OPERATIONS[operation](a, b);
  latches.alu = { operation, a, b, result };
  return result;
}

function keep({ cpu, latches, signals, known, record }: Site, unit: string, result: number): void {
  switch (signals.into) {
    case 'pc':
      cpu.pc = result;
      break;
    case 'result':
      latches.result = result;
      break;
    case 'b':
      latches.b = result;
      break;
    case 'chosen': {
      const { flag, when } = (known as Known).control;
      if (compare(latches.data, latches.b)[flag] !== when) return;
      latches.b = latches.data;
      record?.({ kind: 'word', from: 'data', to: 'b', value: latches.b });
      return;
    }
    case '-':
      break;
  }
  const to = signals.into === '-' ? 'control' : signals.into;
  record?.({ kind: 'result', from: unit, to, value: result });
}

/** A comparison is a subtraction whose flags are looked at. */
function operationOf(signals: Signals, known: Known | null): Operation {
  if (signals.alu === 'add' || known === null) return 'add';
  return known.control.operation;
}

function operandA({ cpu, latches, signals }: Site): number {
  switch (signals.aluA) {
    case 'pc':
      return cpu.pc;
    case 'oldPc':
      return latches.oldPc;
    case 'a':
      return latches.a;
    case 'csr':
    case 'data':
      return latches.data;
    case 'zero':
    case '-':
      return 0;
  }
}

function operandB({ latches, signals }: Site): number {
  switch (signals.aluB) {
    case 'length':
      return latches.length;
    case 'immediate':
      return latches.immediate;
    case 'a':
      return latches.a;
    case 'b':
      return latches.b;
    case '-':
      return 0;
  }
}

export function takeTarget(site: Site): null {
  const target = targetOf(site);
  if (target < 0) return null;
  const from = site.signals.pc === 'taken' ? 'result' : site.signals.pc;
  site.cpu.pc = target;
  site.record?.({ kind: 'pc', from, to: 'pc', value: target });
  return null;
}

/** -1 when a branch is not taken. */
function targetOf({ cpu, latches, signals, known }: Site): number {
  const result = (latches.result & ~1) >>> 0;
  switch (signals.pc) {
    case 'result':
      return result;
    case 'taken': {
      const { flag, when } = (known as Known).control;
      return compare(latches.a, latches.b)[flag] === when ? result : -1;
    }
    case 'mepc':
      return cpu.csr[SLOT.mepc] as number;
    case 'sepc':
      return cpu.csr[SLOT.sepc] as number;
    case 'vector':
      return vectorOf(cpu);
    case '-':
      return -1;
  }
}

/** For a jump the pc is still as fetch left it: the return address. */
export function writeBack({ cpu, latches, signals, known, record }: Site): null {
  if (signals.register === '-') return null;
  const { rd } = (known as Known).operands;
  const from = { result: latches.result, data: latches.data, pc: cpu.pc };
  const value = from[signals.register];
  if (rd !== 0) cpu.x[rd] = value;
  record?.({ kind: 'register', from: signals.register, to: nameOf(rd), value });
  return null;
}
