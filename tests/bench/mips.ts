/** Instructions a wall second, bare: a loop of arithmetic, loads, stores and branches. */
import { assemble, COSTS, createBare, retiredOf, runBare, type EngineName } from '../../simulator';
import type { Bench, Measure } from './bench';

const SOURCE = `
_start:
    la   s0, table
    li   s1, 1000000
outer:
    li   t0, 16
    mv   t1, s0
inner:
    lw   t2, 0(t1)
    add  t3, t3, t2
    xori t2, t3, 0x55
    srli t4, t2, 3
    sw   t4, 0(t1)
    addi t1, t1, 4
    addi t0, t0, -1
    bnez t0, inner
    addi s1, s1, -1
    bnez s1, outer
    la   t0, tohost
    li   t1, 1
    sw   t1, 0(t0)
end: j end
    .data
    .balign 64
table: .zero 64
    .balign 64
tohost: .word 0
`;

function measured(engine: EngineName, instructions: number): Measure {
  const made = assemble(SOURCE);
  if (!made.ok) throw new Error('the benchmark assembles');
  const bare = createBare(made.image, 0x10_0000, engine, COSTS);
  if (typeof bare === 'string') throw new Error(bare);
  runBare(bare, instructions / 10);
  const before = retiredOf(bare);
  const began = performance.now();
  runBare(bare, instructions);
  const millions = (retiredOf(bare) - before) / 1e6;
  const value = millions / ((performance.now() - began) / 1000);
  return { name: engine, value, unit: 'million/s' };
}

export const mipsBench: Bench = {
  name: 'mips',
  what: 'RV32I instructions: through the interpreter, and through the control unit’s micro-steps',
  run: () => [measured('fast', 60_000_000), measured('micro', 2_000_000)],
};
