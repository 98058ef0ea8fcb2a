import { describe, expect, test } from 'vitest';
import type { Program } from '../../../simulator/contract/program';
import { SECOND_NS } from '../../../simulator/contract/time';
import { sentence } from '../../../simulator/os/sentences';
import type { ProgramToStart } from '../../../simulator/os/state';
import { processViews } from '../../../simulator/os/views';
import { runWorld, type, world, type Machine, type World } from './harness';
import { program } from './machineCode';

const EXIT = `
        li a7, 93
        ecall`;

function alone(...start: readonly ProgramToStart[]): World & { readonly host: Machine } {
  const made = world({ name: 'host', ip: '10.0.0.1', start });
  const [host] = made.machines;
  if (host === undefined) throw new Error('a machine');
  return Object.assign(made, { host });
}

/** The exit status of a program; 128 and the signal when it was killed. */
function statusOf(source: string, words: readonly string[] = []): number | undefined {
  const made = alone(program('test', source, { words }));
  runWorld(made, SECOND_NS);
  return made.host.exits.get(1);
}

/** What a call answers, as exit status: an error number is told as it is. */
const answerOf = (source: string): number | undefined =>
  statusOf(`${source}
        neg a0, a0${EXIT}`);

describe('a process that goes wrong is killed, and the next goes on', () => {
  test.each([
    ['.word 0', 132, 'SIGILL'],
    ['ebreak', 133, 'SIGTRAP'],
    ['lw t0, 0(zero)', 139, 'SIGSEGV'],
    ['li t0, 0x80010000\n sw t0, 0(t0)', 139, 'SIGSEGV'],
    ['li t0, 0x80300000\n lw t0, 0(t0)', 139, 'SIGSEGV'],
    ['jr zero', 139, 'SIGSEGV'],
    ['addi t0, sp, 1\n lr.w t1, (t0)', 135, 'SIGBUS'],
    ['csrr t0, mstatus', 132, 'SIGILL'],
  ])('%s', (source, status, signal) => {
    const next = program('next', `li a0, 7${EXIT}`, { base: 0x8002_0000 });
    const made = alone(program('bad', source), next);
    runWorld(made, SECOND_NS);
    expect(made.host.exits.get(1)).toBe(status);
    expect(made.host.exits.get(2)).toBe(7);
    const killed = made.host.notes.find((note) => note.kind === 'killed');
    expect(killed).toMatchObject({ process: 1, name: 'bad', signal });
    expect(killed && sentence(killed)).toMatch(
      new RegExp(`^bad \\(process 1\\) is killed by ${signal} at pc 0x`),
    );
  });
});

describe('the ABI', () => {
  test.each([
    ['no such call', 'li a7, 9999\n ecall', 38],
    ['bad descriptor', 'li a0, 9\n mv a1, sp\n li a2, 1\n li a7, 63\n ecall', 9],
    ['read beyond memory', 'li a0, 0\n li a1, 0x8000fff0\n li a2, 17\n li a7, 63\n ecall', 14],
    ['write from outside', 'li a0, 1\n li a1, 0x1000\n li a2, 4\n li a7, 64\n ecall', 14],
    ['a length that wraps', 'li a0, 1\n mv a1, sp\n li a2, -1\n li a7, 64\n ecall', 14],
    ['IPv6', 'li a0, 10\n li a1, 1\n li a2, 0\n li a7, 198\n ecall', 97],
    ['raw sockets', 'li a0, 2\n li a1, 3\n li a2, 0\n li a7, 198\n ecall', 93],
    ['short address', 'li a0, 1\n mv a1, sp\n li a2, 8\n li a7, 200\n ecall', 22],
    ['wrong family', 'li a0, 1\n addi a1, sp, -64\n li a2, 16\n li a7, 203\n ecall', 97],
    ['no socket', 'li a0, 1\n li a1, 5\n li a7, 201\n ecall', 88],
  ])('%s', (_what, source, error) => {
    expect(answerOf(source)).toBe(error);
  });

  test('getpid, sched_yield', () => {
    expect(
      statusOf(`li a7, 172\n ecall\n mv s0, a0\n li a7, 124\n ecall\n add a0, a0, s0${EXIT}`),
    ).toBe(1);
  });

  test('argc and argv lie on the stack, which is aligned', () => {
    const source = `
        andi t0, sp, 15
        bnez t0, bad
        lw   t0, 0(sp)          # argc: the name and two words
        lw   t1, 12(sp)         # argv[2]
        lbu  a0, 1(t1)          # its second letter
        add  a0, a0, t0
        lw   t2, 16(sp)         # argv ends with null
        add  a0, a0, t2
bad:${EXIT}`;
    expect(statusOf(source, ['one', 'xA'])).toBe(65 + 3);
  });

  test('the clock is virtual time, and sleeping takes it', () => {
    const source = `
        .data
        .balign 8
wanted: .word 2, 0, 500000000, 0
now:    .word 0, 0, 0, 0
        .text
        .globl _start
_start: la   a0, wanted
        li   a1, 0
        li   a7, 101
        ecall
        bnez a0, out
        li   a0, 0
        la   a1, now
        li   a7, 113
        ecall
        bnez a0, out
        la   t0, now
        lw   a0, 0(t0)
        lw   t1, 8(t0)
        li   t2, 500000000
        sltu t1, t1, t2
        add  a0, a0, t1
out:${EXIT}`;
    const made = alone(program('sleeper', source));
    runWorld(made, 2 * SECOND_NS);
    expect(processViews(made.host.kernel)).toMatchObject([
      { state: 'blocked', waits: [{ call: 'nanosleep' }] },
    ]);
    runWorld(made, 3 * SECOND_NS);
    expect(made.host.exits.get(1)).toBe(2);
  });

  test('brk moves the end of the heap, and not into the stack', () => {
    const source = `
        li   a0, 0
        li   a7, 214
        ecall                   # where it is
        mv   s0, a0
        addi a0, a0, 1024
        ecall
        sub  s1, a0, s0         # 1024
        sw   s1, -4(a0)
        mv   a0, sp
        ecall                   # refused: it stays
        sub  a0, a0, s0
        sub  a0, a0, s1
        srli s1, s1, 3
        add  a0, a0, s1${EXIT}`;
    expect(statusOf(source)).toBe(128);
  });

  test('the console is read by the line, with echo and backspace', () => {
    const source = `
        li   a0, 0
        addi a1, sp, -64
        li   a2, 64
        li   a7, 63
        ecall
        mv   a2, a0
        li   a0, 1
        addi a1, sp, -64
        li   a7, 64
        ecall
        mv   a0, a2${EXIT}`;
    const made = alone(program('echo', source));
    runWorld(made, SECOND_NS);
    expect(made.host.exits.has(1)).toBe(false);
    type(made, made.host, 'helo\x7flo\r');
    runWorld(made, 2 * SECOND_NS);
    expect(made.host.printed).toBe('helo\b \blo\nhello\n');
    expect(made.host.exits.get(1)).toBe(6);
  });
});

test('who sleeps until the same time is woken in the order of going to sleep', () => {
  const sleep = { kind: 'nanosleep', delayNs: 1000 } as const;
  const woken: number[] = [];
  const program: Program = {
    start: null,
    step: (state, input) => {
      if (input.kind === 'returned') woken.push(input.tag);
      const tags = input.kind === 'start' ? [3, 1, 2] : [];
      const effects = tags.map((tag) => ({ kind: 'call', tag, call: sleep }) as const);
      return { state, effects, notes: [] };
    },
  };
  const start = [{ kind: 'modelled', name: 'sleeper', arguments: null }] as const;
  runWorld(world({ name: 'host', ip: '10.0.0.1', start, programs: { sleeper: program } }));
  expect(woken).toEqual([3, 1, 2]);
});

describe('the scheduler', () => {
  const counter = (base: number): ProgramToStart =>
    program(
      'counter',
      `
        li   t0, 0
        li   t1, 300000
loop:   addi t0, t0, 1
        blt  t0, t1, loop
        li   a0, 0${EXIT}`,
      { base },
    );

  test('gives each a slice in turn, and registers are kept', () => {
    const made = alone(counter(0x8000_0000), counter(0x8002_0000));
    runWorld(made, SECOND_NS);
    expect([...made.host.exits]).toEqual([
      [1, 0],
      [2, 0],
    ]);
    const switches = made.host.notes.flatMap((note) => (note.kind === 'switched' ? [note.to] : []));
    // 300,000 turns of 70 ns are three slices of 10 ms for each.
    expect(switches).toHaveLength(7);
    expect(switches.slice(0, 4)).toEqual([1, 2, 1, 2]);
    expect(switches.at(-1)).toBeNull();
  });

  test('who is alone is not interrupted', () => {
    const made = alone(counter(0x8000_0000));
    runWorld(made, SECOND_NS);
    expect(made.host.effects.filter((effect) => effect.kind === 'timer')).toEqual([]);
  });
});

test.each([
  ['outside RAM', 0x4000_0000],
  ['in the rings', 0x8030_0000],
])('an image %s is refused, and told', (_what, base) => {
  const made = alone(
    program('lost', `li a0, 0${EXIT}`, { base }),
    program('next', `li a0, 3${EXIT}`),
  );
  runWorld(made, SECOND_NS);
  expect([...made.host.exits]).toEqual([
    [1, 126],
    [2, 3],
  ]);
  expect(made.host.notes.some((note) => note.kind === 'refused')).toBe(true);
});

test('two images at one place: the second is refused', () => {
  const made = alone(program('one', `li a0, 0${EXIT}`), program('two', `li a0, 0${EXIT}`));
  expect(made.host.notes).toContainEqual({
    kind: 'refused',
    process: 2,
    name: 'two',
    why: 'another process has memory there',
  });
});
