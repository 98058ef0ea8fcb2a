/** The parts of the datapath around the ALU: operands, targets, write-back. */
import { compare, OPERATIONS, type Operation } from '../alu';
import { MACHINE, SLOT } from '../state';
import { awake, EXCEPTION, MSTATUS_TW, vectorOf } from '../trap';
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
      // §3.1.16: the address of the EBREAK itself.
      return raise(site, EXCEPTION.breakpoint, latches.oldPc);
    case 'sleep': {
      // §3.1.6.5: with TW, WFI below machine mode is illegal once a time has passed; here at once.
      const forbidden =
        cpu.mode < MACHINE && ((cpu.csr[SLOT.mstatus] as number) & MSTATUS_TW) !== 0;
      if (forbidden) return raise(site, EXCEPTION.illegal, latches.ir);
      cpu.waiting = !awake(cpu);
      record?.({ kind: 'csr', from: 'mip', to: 'control', value: cpu.csr[SLOT.mip] as number });
      return null;
    }
    case '-':
      return null;
  }
}

function readOperands({ cpu, latches, record }: Site, { operands, control }: Known): void {
  const { rs1, rs2, imm, zimm } = operands;
  const small = control.route === 'replaceCsrImmediate' || control.route === 'modifyCsrImmediate';
  latches.a = (cpu.x[rs1] as number) >>> 0;
  latches.b = (cpu.x[rs2] as number) >>> 0;
  latches.immediate = small ? zimm : imm >>> 0;
  if (record === undefined) return;
  record({ kind: 'register', from: nameOf(rs1), to: 'a', value: latches.a });
  record({ kind: 'register', from: nameOf(rs2), to: 'b', value: latches.b });
  record({ kind: 'word', from: 'ir', to: 'immediate', value: latches.immediate });
}

export function useAlu(site: Site): null {
  const { cpu, latches, signals, known, record } = site;
  if (signals.alu === '-') return null;
  const a = operandA(site);
  const b = operandB(site);
  const operation = operationOf(signals, known);
  const result = OPERATIONS[operation](a, b);
  latches.alu = { operation, a, b, result };
  if (signals.into === 'pc') cpu.pc = result;
  else if (signals.into === 'result') latches.result = result;
  if (record === undefined) return null;
  record({ kind: 'operand', from: signals.aluA, to: 'alu.a', value: a });
  record({ kind: 'operand', from: signals.aluB, to: 'alu.b', value: b });
  const to = signals.into === '-' ? 'control' : signals.into;
  record({ kind: 'result', from: 'alu', to, value: result });
  return null;
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
      return latches.data;
    case 'zero':
    case '-':
      return 0;
  }
}

function operandB({ latches, signals }: Site): number {
  switch (signals.aluB) {
    case 'four':
      return 4;
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

/** A misaligned target faults before anything is written, the link register included. */
export function checkTarget(site: Site): 'fault' | null {
  const target = targetOf(site);
  // §2.5: bit 0 of a target is cleared; without C, bit 1 must be clear.
  if (target < 0 || target % 4 === 0) return null;
  return raise(site, EXCEPTION.fetchMisaligned, target);
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
