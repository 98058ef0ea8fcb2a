/** The control unit's tables, its micro-steps and what they tell. */
import { describe, expect, test } from 'vitest';
import { COSTS } from '../../../simulator/contract/costs';
import { RAM_BASE } from '../../../simulator/contract/map';
import { beginInstruction } from '../../../simulator/cpu/control/latches';
import { CONTROL } from '../../../simulator/cpu/control/rows';
import type { MicroMove } from '../../../simulator/cpu/control/site';
import { microStep } from '../../../simulator/cpu/control/step';
import { nextState, SIGNALS, TRANSITIONS } from '../../../simulator/cpu/control/states';
import { asm, machine, openMemory } from './machine';

describe('the tables', () => {
  test('every state has one row of signals and is reached', () => {
    const states = SIGNALS.map(({ state }) => state);
    expect(new Set(states).size).toBe(states.length);
    const reached = new Set(TRANSITIONS.map(({ to }) => to));
    expect(states.filter((state) => !reached.has(state))).toEqual(['fetch']);
    for (const { from } of TRANSITIONS) expect(states).toContain(from);
  });

  test('no transition is told twice', () => {
    const keys = TRANSITIONS.map(({ from, on }) => `${from} ${on}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('every instruction has a way from decode to done', () => {
    for (const { route } of CONTROL.values()) {
      let state = nextState('decode', route);
      for (let steps = 0; state !== 'done' && steps < 6; steps++) {
        expect(state).toBeDefined();
        state = nextState(state!, route) ?? nextState(state!, 'fault');
      }
      expect(state).toBe('done');
    }
  });
});

function steps(words: number[], prepare: (built: ReturnType<typeof machine>) => void): string[] {
  const built = machine(words);
  prepare(built);
  const latches = beginInstruction(built.cpu);
  const states: string[] = [];
  while (latches.state !== 'done') {
    states.push(latches.state);
    expect(built.cpu.atNs).toBe(0);
    microStep(built.cpu, latches, built.ports);
    expect(latches.steps).toBe(states.length);
  }
  return states;
}

test.each([
  ['add', 'fetch decode executeRegister writeBack', 'alu'],
  ['addi', 'fetch decode executeImmediate writeBack', 'alu'],
  ['lui', 'fetch decode executeUpper writeBack', 'alu'],
  ['auipc', 'fetch decode executeUpperPc writeBack', 'alu'],
  ['lw', 'fetch decode address read writeBackLoad', 'load'],
  ['sw', 'fetch decode address write', 'store'],
  ['beq', 'fetch decode branch', 'branch'],
  ['jal', 'fetch decode jump link', 'jump'],
  ['jalr', 'fetch decode jumpRegister link', 'jump'],
  ['csrrw', 'fetch decode replaceCsr writeCsr', 'csr'],
  ['csrrsi', 'fetch decode modifyCsrImmediate writeCsr', 'csr'],
  ['fence', 'fetch decode', 'fence'],
] as const)('%s takes %s: a step for each cycle', (name, expected, kind) => {
  const word = asm(name, { rs1: 1, csr: 0x340 });
  const states = steps([word], ({ cpu }) => {
    cpu.x[1] = RAM_BASE + 64;
  });
  expect(states.join(' ')).toBe(expected);
  expect(states).toHaveLength(COSTS.instruction[kind]);
});

test.each([
  ['mret', 'fetch decode return'],
  ['wfi', 'fetch decode wait'],
  ['ecall', 'fetch decode call save stack vector'],
  ['ebreak', 'fetch decode breakpoint save stack vector'],
  ['sret', 'fetch decode returnSupervisor'],
  ['sfence.vma', 'fetch decode translation'],
])('%s takes %s', (name, expected) => {
  expect(steps([asm(name)], () => undefined).join(' ')).toBe(expected);
});

function moves(word: number, prepare: (built: ReturnType<typeof machine>) => void): string[] {
  const built = machine([word]);
  openMemory(built.cpu);
  prepare(built);
  const told: MicroMove[] = [];
  const latches = beginInstruction(built.cpu);
  while (latches.state !== 'done') {
    microStep(built.cpu, latches, built.ports, (move) => told.push(move));
  }
  return told.map(({ kind, from, to, value }) => `${kind} ${from}>${to} ${value.toString(16)}`);
}

test('add x3, x1, x2 moves its words through the datapath', () => {
  const told = moves(asm('add', { rd: 3, rs1: 1, rs2: 2 }), ({ cpu }) => {
    cpu.x.set([5, -1], 1);
  });
  expect(told).toEqual([
    'address pc>bus.address 80000000',
    'word bus.data>ir 2081b3',
    'pc pc>oldPc 80000000',
    'operand pc>alu.a 80000000',
    'operand length>alu.b 4',
    'result alu>pc 80000004',
    'register x1>a 5',
    'register x2>b ffffffff',
    'word ir>immediate 0',
    'operand oldPc>alu.a 80000000',
    'operand immediate>alu.b 0',
    'result alu>result 80000000',
    'operand a>alu.a 5',
    'operand b>alu.b ffffffff',
    'result alu>result 4',
    'register result>x3 4',
  ]);
});

test('a load and a taken jump tell the bus and the pc', () => {
  const loaded = moves(asm('lb', { rd: 3, rs1: 1, imm: 4 }), ({ cpu, octets }) => {
    cpu.x[1] = RAM_BASE;
    octets[4] = 0x80;
  });
  expect(loaded.slice(-3)).toEqual([
    'address result>bus.address 80000004',
    'word bus.data>data ffffff80',
    'register data>x3 ffffff80',
  ]);
  const jumped = moves(asm('jal', { rd: 1, imm: 8 }), () => undefined);
  expect(jumped.slice(-2)).toEqual(['register pc>x1 80000004', 'pc result>pc 80000008']);
});

test('a trap tells its cause, its CSRs and its vector', () => {
  const told = moves(asm('ecall'), () => undefined);
  expect(told.slice(-6)).toEqual([
    'trap control>mcause b',
    'csr oldPc>mepc 80000000',
    'csr control>mcause b',
    'csr control>mtval 0',
    'csr control>mstatus 1800',
    'pc vector>pc 0',
  ]);
});

test('latches can be copied in mid-instruction, and both copies end alike', () => {
  const built = machine([asm('csrrw', { rd: 3, csr: 0x340, rs1: 1 })]);
  const latches = beginInstruction(built.cpu);
  microStep(built.cpu, latches, built.ports);
  microStep(built.cpu, latches, built.ports);
  const cloned = structuredClone(latches);
  for (const each of [latches, cloned]) {
    const other = machine([asm('csrrw', { rd: 3, csr: 0x340, rs1: 1 })]);
    other.cpu.pc += 4;
    while (each.state !== 'done') microStep(other.cpu, each, other.ports);
    expect(other.cpu.atNs).toBe(40);
  }
  expect(cloned).toEqual(latches);
});
