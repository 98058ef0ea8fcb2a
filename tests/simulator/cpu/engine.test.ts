/** How an engine runs and stops: time, gate, wait, device, stored-over code, checkpoints. */
import { describe, expect, test } from 'vitest';
import { COSTS } from '../../../simulator/contract/costs';
import { GATE_BASE, RAM_BASE } from '../../../simulator/contract/map';
import { MICRO } from '../../../simulator/cpu/control/engine';
import { writeCsr } from '../../../simulator/cpu/csrs';
import { createFast } from '../../../simulator/cpu/fast/engine';
import { canonical, copy, restore, SLOT, USER } from '../../../simulator/cpu/state';
import { INTERRUPT, MSTATUS_MIE } from '../../../simulator/cpu/status';
import { setPending } from '../../../simulator/cpu/trap';
import { asm, DEVICE, machine, openMemory, runOn, runOne } from './machine';

const FOREVER = asm('jal', { imm: 0 });

describe.each([
  ['micro', MICRO],
  ['fast', createFast()],
] as const)('%s', (_, engine) => {
  test('an endless loop stops at the first boundary at or after the time', () => {
    const { cpu, ports } = machine([FOREVER]);
    expect(engine.run(cpu, ports, 1001)).toBe('time');
    expect(cpu.atNs).toBe(1040);
    expect(engine.run(cpu, ports, 1040)).toBe('time');
    expect(cpu.atNs).toBe(1040);
    expect(cpu.csr[SLOT.minstret]).toBe(26);
  });

  test('the gate stops machine mode, and only where there is one', () => {
    const built = machine([asm('jalr', { rs1: 1 })]);
    const { cpu, ports } = built;
    cpu.x[1] = GATE_BASE;
    writeCsr(cpu, 0x305, RAM_BASE + 0x100);
    expect(engine.run(cpu, ports, 10_000)).toBe('gate');
    expect([cpu.pc, cpu.atNs]).toEqual([GATE_BASE, 40]);
    expect(engine.run(cpu, { ...ports, gate: false }, cpu.atNs + 1)).toBe('time');
    expect([cpu.csr[SLOT.mcause], cpu.csr[SLOT.mtval]]).toEqual([1, GATE_BASE]);
  });

  test('a call from user mode ends at the gate, and mret goes on behind it', () => {
    const built = machine([asm('ecall'), asm('addi', { rd: 1, imm: 7 }), FOREVER]);
    const { cpu, ports } = built;
    openMemory(cpu);
    writeCsr(cpu, 0x305, GATE_BASE);
    cpu.mode = USER;
    expect(engine.run(cpu, ports, 10_000)).toBe('gate');
    expect([cpu.csr[SLOT.mcause], cpu.csr[SLOT.mepc]]).toEqual([8, RAM_BASE]);
    expect(cpu.atNs).toBe((COSTS.instruction.system + COSTS.instruction.trap) * COSTS.cycleNs);
  });

  test('WFI waits for an enabled interrupt, taken or not, and its sleep is counted', () => {
    const built = machine([asm('wfi'), asm('addi', { rd: 1, imm: 1 }), FOREVER]);
    const { cpu, ports } = built;
    writeCsr(cpu, 0x304, 1 << INTERRUPT.timer);
    expect(engine.run(cpu, ports, 10_000)).toBe('wait');
    expect([cpu.pc, cpu.atNs, cpu.waiting]).toEqual([RAM_BASE + 4, 40, true]);
    setPending(cpu, INTERRUPT.external, true, 500, COSTS);
    expect(engine.run(cpu, ports, 10_000)).toBe('wait');
    setPending(cpu, INTERRUPT.timer, true, 1234, COSTS);
    expect([cpu.atNs, cpu.waiting, cpu.csr[SLOT.mcycle]]).toEqual([1240, false, 124]);
    runOne(engine, built);
    expect(cpu.x[1]).toBe(1);
  });

  test('WFI with something pending passes; in a handler it wakes into a trap', () => {
    const built = machine([asm('wfi'), asm('wfi')]);
    const { cpu, ports } = built;
    writeCsr(cpu, 0x304, 0x888);
    writeCsr(cpu, 0x305, RAM_BASE + 0x40);
    setPending(cpu, INTERRUPT.software, true, 0, COSTS);
    runOne(engine, built);
    expect([cpu.pc, cpu.waiting]).toEqual([RAM_BASE + 4, false]);
    setPending(cpu, INTERRUPT.software, false, 40, COSTS);
    writeCsr(cpu, 0x300, MSTATUS_MIE);
    expect(engine.run(cpu, ports, 10_000)).toBe('wait');
    setPending(cpu, INTERRUPT.software, true, 200, COSTS);
    runOne(engine, built);
    expect([cpu.pc, cpu.csr[SLOT.mepc]]).toEqual([RAM_BASE + 0x40, RAM_BASE + 8]);
  });

  test('a kernel that idles in the gate goes on when something is pending already', () => {
    const { cpu, ports } = machine([]);
    Object.assign(cpu, { pc: GATE_BASE, waiting: true });
    expect(engine.run(cpu, ports, 1000)).toBe('wait');
    setPending(cpu, INTERRUPT.timer, true, 0, COSTS);
    expect(engine.run(cpu, ports, 1000)).toBe('wait');
    writeCsr(cpu, 0x304, 0x80);
    expect(engine.run(cpu, ports, 1000)).toBe('gate');
    expect(cpu.waiting).toBe(false);
  });

  test('what machine mode could reach is forgotten on the way to user mode', () => {
    const { cpu, ports } = machine([asm('lw', { rd: 2, rs1: 1 }), asm('mret'), FOREVER]);
    cpu.x[1] = RAM_BASE;
    writeCsr(cpu, 0x305, GATE_BASE);
    writeCsr(cpu, 0x341, RAM_BASE + 8);
    expect(engine.run(cpu, ports, 10_000)).toBe('gate');
    expect([cpu.csr[SLOT.mcause], cpu.csr[SLOT.mtval]]).toEqual([1, RAM_BASE + 8]);
  });

  test('a device is told the time of the instruction, and ends the run', () => {
    const built = machine([
      asm('addi', { rd: 2, imm: 5 }),
      asm('sw', { rs1: 1, rs2: 2 }),
      asm('lw', { rd: 3, rs1: 1 }),
      FOREVER,
    ]);
    const { cpu, ports, device } = built;
    cpu.x[1] = DEVICE;
    const times: number[] = [];
    const write: typeof ports.bus.write = (address, width, value) => {
      times.push(cpu.atNs);
      return ports.bus.write(address, width, value);
    };
    const watched = { ...ports, bus: { ...ports.bus, write } };
    expect(engine.run(cpu, watched, 10_000)).toBe('device');
    expect([cpu.pc, device.value, times]).toEqual([RAM_BASE + 8, 5, [40]]);
    expect(engine.run(cpu, watched, 10_000)).toBe('device');
    expect(cpu.x[3]).toBe(6);
  });

  test('code that was stored over runs as it is now, before and after fence.i', () => {
    const loop = [
      asm('addi', { rd: 1, rs1: 1, imm: 1 }),
      asm('sw', { rs1: 2, rs2: 3, imm: 0 }),
      asm('fence.i'),
      asm('jal', { imm: -12 }),
    ];
    const { cpu, ports, octets } = machine(loop);
    cpu.x[2] = RAM_BASE;
    cpu.x[3] = asm('addi', { rd: 1, rs1: 1, imm: 100 });
    engine.run(cpu, ports, (4 + 4 + 2 + 4 + 4) * 10);
    expect(cpu.x[1]).toBe(101);
    // From outside: DMA, a restored page, the kernel.
    new DataView(octets.buffer).setUint32(0, asm('addi', { rd: 1, imm: 9 }), true);
    ports.ram!.clean[0] = 0;
    cpu.pc = RAM_BASE;
    engine.run(cpu, ports, cpu.atNs + 1);
    expect(cpu.x[1]).toBe(9);
  });

  test('without a view of RAM everything goes over the bus, to the same end', () => {
    const program = [
      asm('sw', { rs1: 1, rs2: 2, imm: 0 }),
      asm('lw', { rd: 3, rs1: 1, imm: 0 }),
      FOREVER,
    ];
    const [bare, whole] = [machine(program), machine(program)];
    for (const { cpu } of [bare, whole]) cpu.x.set([RAM_BASE + 64, 77], 1);
    runOn(engine, { ...bare, ports: { ...bare.ports, ram: null } }, 1000);
    runOn(engine, whole, 1000);
    expect(canonical(bare.cpu)).toEqual(canonical(whole.cpu));
    expect(bare.octets).toEqual(whole.octets);
    expect(whole.cpu.x[3]).toBe(77);
  });

  test('a checkpoint is untouched by what follows, and going back repeats it', () => {
    const built = machine([asm('addi', { rd: 1, rs1: 1, imm: 1 }), asm('jal', { imm: -4 })]);
    const { cpu, ports } = built;
    openMemory(cpu);
    engine.run(cpu, ports, 500);
    const saved = copy(cpu);
    const before = canonical(cpu);
    engine.run(cpu, ports, 1500);
    writeCsr(cpu, 0x3a0, 0x0f);
    const after = canonical(cpu);
    expect(canonical(saved)).toEqual(before);
    restore(cpu, saved);
    expect(canonical(cpu)).toEqual(before);
    engine.run(cpu, ports, 1500);
    writeCsr(cpu, 0x3a0, 0x0f);
    expect(canonical(cpu)).toEqual(after);
  });
});

test('the fast engine touches a clean page before its first store, and once', () => {
  const built = machine([
    asm('sw', { rs1: 1, rs2: 2 }),
    asm('sb', { rs1: 1, rs2: 2, imm: 8 }),
    asm('sh', { rs1: 3, rs2: 2 }),
    FOREVER,
  ]);
  built.cpu.x.set([RAM_BASE + 0x1000, 1, RAM_BASE + 0x3ffe], 1);
  runOn(createFast(), built, 1000);
  expect(built.touched).toEqual([1, 3]);
});
