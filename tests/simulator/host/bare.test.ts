import { describe, expect, test } from 'vitest';
import { COSTS } from '../../../simulator/contract/costs';
import {
  createBare,
  printedBy,
  retiredOf,
  runBare,
  tohostOf,
  type Bare,
} from '../../../simulator/host/bare';
import { assemble } from '../../../simulator/isa/assembler/assemble';

const TOHOST = '\n.data\n.balign 64\n.globl tohost\ntohost: .word 0\n';

const ANSWER = `
answer:
    la   t6, tohost
    sw   a0, 0(t6)
1:  j 1b
`;

function bareOf(source: string, engine: 'micro' | 'fast'): Bare {
  const made = assemble(source);
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  const bare = createBare(made.image, 0x10_0000, engine, COSTS);
  if (typeof bare === 'string') throw new Error(bare);
  return bare;
}

const TIMER = `
_start:
    la   t0, handler
    csrw mtvec, t0
    li   t1, 0x02004000      # mtimecmp
    li   t2, 5000
    sw   zero, 4(t1)
    sw   t2, 0(t1)
    li   t0, 0x80
    csrw mie, t0
    csrsi mstatus, 8
sleep:
    wfi
    j    sleep
    .balign 4                # mtvec holds no other address
handler:
    csrr a1, mcause
    li   t0, 0x80000007
    li   a0, 3               # test 1 failed
    bne  a1, t0, answer
    li   t1, 0x0200bff8      # mtime
    lw   a2, 0(t1)
    li   t2, 5000
    li   a0, 5               # test 2 failed
    bltu a2, t2, answer
    li   a0, 1
${ANSWER}${TOHOST}`;

const PRINT = `
_start:
    li   t0, 0x10000000
    li   t1, 'o'
    sb   t1, 0(t0)
    li   t1, 'k'
    sb   t1, 0(t0)
    li   a0, 1
${ANSWER}${TOHOST}`;

describe.each(['micro', 'fast'] as const)('a bare computer, %s engine', (engine) => {
  test('wakes by its timer, at or after the time it asked for', () => {
    const bare = bareOf(TIMER, engine);
    expect(runBare(bare, 1_000_000)).toBe('tohost');
    expect(tohostOf(bare)).toBe(1);
    expect(bare.cpu.atNs).toBeGreaterThan(5000);
    expect(bare.cpu.atNs).toBeLessThan(6000);
  });

  test('prints by its console’s registers', () => {
    const bare = bareOf(PRINT, engine);
    runBare(bare, 1_000_000);
    expect(new TextDecoder().decode(printedBy(bare))).toBe('ok');
    expect(retiredOf(bare)).toBe(9);
  });

  test('says so when nothing can ever happen again', () => {
    expect(runBare(bareOf(`_start: wfi\n j _start${TOHOST}`, engine), 1000)).toBe('asleep');
  });

  test('stops at the limit of an endless loop', () => {
    expect(runBare(bareOf(`_start: j _start${TOHOST}`, engine), 5000)).toBe('most');
  });

  test.each([
    ['traps for ever, so that nothing retires', '_start: .word 0'],
    ['sets back the count of what retired', '_start: csrw minstret, zero\n j _start'],
  ])('stops at the limit of a program that %s', (_, source) => {
    expect(runBare(bareOf(`${source}${TOHOST}`, engine), 5000)).toBe('most');
  });

  test('does not count what it slept', () => {
    const long = TIMER.replaceAll('5000', '500000000');
    expect(runBare(bareOf(long, engine), 100)).toBe('tohost');
  });
});

/** Other data lies beside the answer, which is taken back at once; then nothing ever ends. */
const TAKEN_BACK = `
_start: la   t6, tohost
        li   t0, 1000
1:      sw   t0, 4(t6)
        sh   t0, -2(t6)
        addi t0, t0, -1
        bnez t0, 1b
        li   a0, 7
        sb   a0, 1(t6)
        sw   zero, 0(t6)
2:      j    2b
        .data
        .balign 64
        .word 0
tohost: .word 0, 0
`;

describe.each(['micro', 'fast'] as const)('the answer, %s engine', (engine) => {
  test('is the first word that is not zero, even when it is taken back at once', () => {
    const bare = bareOf(TAKEN_BACK, engine);
    expect(runBare(bare, 100_000)).toBe('tohost');
    expect(tohostOf(bare)).toBe(0x700);
    // Right behind the store: the next one has not been done.
    const other = bareOf(TAKEN_BACK.replace('sw   zero, 0(t6)', 'nop'), engine);
    expect(runBare(other, 100_000)).toBe('tohost');
    expect(retiredOf(bare)).toBe(retiredOf(other));
  });

  test('is none when a program begins with a number there', () => {
    const source = TAKEN_BACK.replace('tohost: .word 0', 'tohost: .word 5').replace(
      'sb   a0',
      'lb a1',
    );
    expect(runBare(bareOf(source, engine), 50_000)).toBe('most');
  });
});

test('both engines leave the same processor', () => {
  const [micro, fast] = (['micro', 'fast'] as const).map((engine) => {
    const bare = bareOf(TIMER, engine);
    runBare(bare, 1_000_000);
    return bare.cpu;
  });
  expect(fast).toEqual(micro);
});

test('an image outside RAM is refused with its addresses', () => {
  const made = assemble('_start: nop', { bases: { '.text': 0x1_0000 } });
  if (!made.ok) throw new Error('assembles');
  expect(createBare(made.image, 0x1000, 'fast', COSTS)).toMatch(/0x10000.*outside RAM.*0x80000000/);
});
