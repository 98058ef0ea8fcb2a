import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileOf, pathOf, sim } from './sim';

const SLUGS = ['fetch-a-page', 'ping', 'network-lab', 'crowd'];

/** What `--json` prints: one object and nothing else. */
function jsonOf(...words: readonly string[]): Record<string, unknown> {
  const { stdout, status } = sim(...words, '--json');
  expect(status).not.toBe(2);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout) as Record<string, unknown>;
}

const HELLO = `
_start:
    li a0, 1
    la a1, text
    li a2, 6
    li a7, 64
    ecall
    li a0, 3
    li a7, 93
    ecall
    .data
text: .ascii "hello\\n"
`;

const answering = (value: number): string => `
_start:
    li a0, ${value}
    la t0, tohost
    sw a0, 0(t0)
1:  j 1b
    .data
    .balign 64
tohost: .word 0
`;

// The first call builds the command line.
beforeAll(() => {
  sim('list');
}, 60_000);

describe('list', () => {
  test('names the scenarios', () => {
    const rows = JSON.parse(sim('list', '--json').stdout) as { slug: string }[];
    expect(rows.map(({ slug }) => slug)).toEqual(SLUGS);
    for (const slug of SLUGS) expect(sim('list').stdout).toContain(slug);
  });
});

describe('run', () => {
  test.each(SLUGS)(
    '%s has the outcome that the format promises',
    (slug) => {
      const outcome = jsonOf('run', slug);
      expect(outcome).toMatchObject({
        scenario: slug,
        seed: 1,
        hash: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        endedAtNs: expect.any(Number) as number,
        events: expect.any(Number) as number,
        wallMs: expect.any(Number) as number,
        measures: { framesLost: 0 },
      });
      const laws = outcome['invariants'] as { name: string; holds: boolean }[];
      expect(laws.length).toBeGreaterThan(0);
      expect(laws.every(({ holds }) => holds)).toBe(true);
      expect(jsonOf('run', slug)['hash']).toBe(outcome['hash']);
    },
    30_000,
  );

  test('another seed is another run, another end another moment', () => {
    const hash = (...words: string[]): unknown => jsonOf('run', 'fetch-a-page', ...words)['hash'];
    const hashes = [hash(), hash('--seed', '2'), hash('--until', '50us'), hash('--until', '0.1ms')];
    expect(new Set(hashes).size).toBe(4);
    expect(hash('--until', '100000')).toBe(hashes[3]);
    expect(hash('--until', 'end')).toBe(hashes[0]);
  });

  test('writes a capture', () => {
    const path = pathOf('page.pcapng');
    jsonOf('run', 'fetch-a-page', '--pcap', path);
    // Section header block, little-endian.
    expect(readFileSync(path).subarray(0, 4).toString('hex')).toBe('0a0d0d0a');
  });
});

describe('exec', () => {
  test('a process: its output, its status', () => {
    const path = fileOf('hello.s', HELLO);
    expect(sim('exec', path)).toEqual({ status: 3, stdout: 'hello\n', stderr: '' });
    expect(jsonOf('exec', path)).toMatchObject({ exit: 3, tohost: null, stdout: 'hello\n' });
  });

  test.each([
    [1, 0],
    [3, 1],
    [84, 42],
  ])('a bare program that stores %i to tohost ends with %i', (value, status) => {
    const path = fileOf(`tohost${value}.s`, answering(value));
    const done = sim('exec', path);
    expect(done.status).toBe(status);
    expect(done.stderr).toMatch(status === 0 ? /^$/ : new RegExp(`: test ${status} failed`));
    expect(jsonOf('exec', path)).toMatchObject({ exit: null, tohost: value });
  });

  test.each(['hello.s', 'tohost1.s'])('%s is the same by both engines', (name) => {
    const path = fileOf(name, name === 'hello.s' ? HELLO : answering(1));
    const [micro, fast, auto] = ['micro', 'fast', 'auto'].map((engine) => {
      const { exit, tohost, instructions, stdout } = jsonOf('exec', path, '--engine', engine);
      return { exit, tohost, instructions, stdout };
    });
    expect(fast).toEqual(micro);
    expect(auto).toEqual(micro);
  });

  test.each([
    ['jumps into nowhere', '_start: li a0, 16\n jr a0', 139, /SIGSEGV at pc 0x00000010/],
    ['touches unmapped memory', '_start: lw a0, 0(zero)', 139, /SIGSEGV/],
    ['stores into the kernel’s memory', '_start: li a0, 0x87ffe000\n sw a0, 0(a0)', 139, /SIGSEGV/],
    ['is no instruction', '_start: .word 0', 132, /SIGILL/],
  ])('a program that %s is killed, and it is said why', (_, source, status, why) => {
    const done = sim('exec', fileOf('bad.s', source));
    expect(done.status).toBe(status);
    expect(done.stderr).toMatch(why);
  });

  test('all that a program prints comes out, however much it is', () => {
    const source = `_start: li s0, 3000\n1: li a0, 1\n la a1, text\n li a2, 10\n li a7, 64\n ecall
      addi s0, s0, -1\n bnez s0, 1b\n li a0, 0\n li a7, 93\n ecall\n .data\ntext: .ascii "123456789\\n"`;
    expect(sim('exec', fileOf('much.s', source)).stdout).toBe('123456789\n'.repeat(3000));
  });

  test('WFI goes on when an interrupt is pending, though enabled nowhere', () => {
    const source = `_start: csrsi mip, 2\n wfi\n${answering(1).replace('_start:', '')}`;
    expect(sim('exec', fileOf('wfi.s', source)).status).toBe(0);
    const asleep = sim('exec', fileOf('asleep.s', source.replace('csrsi mip, 2', 'nop')));
    expect(asleep.status).toBe(1);
    expect(asleep.stderr).toMatch(/it sleeps \(WFI\) at 0x[0-9a-f]{8} and no interrupt/);
  });

  test('a signature is written as riscv-arch-test reads it', () => {
    const out = pathOf('signature.txt');
    const source = `${answering(1)}
      .globl begin_signature, end_signature
begin_signature: .word 0xdeadbeef, 7
end_signature:`;
    expect(sim('exec', fileOf('signed.s', source), '--signature', out).status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe('deadbeef\n00000007\n');
    const without = sim('exec', fileOf('unsigned.s', answering(1)), '--signature', out);
    expect(without.status).toBe(1);
    expect(without.stderr).toMatch(/no begin_signature and end_signature/);
  });

  test('a bare program that only traps is stopped', () => {
    const done = sim(
      'exec',
      fileOf('traps.s', '_start: .word 0\n.data\ntohost: .word 0'),
      '--max',
      '99',
    );
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/did not end within 99 instructions; it stands at 0x[0-9a-f]{8}/);
  });

  test('a program that never ends is stopped', () => {
    const done = sim('exec', fileOf('loop.s', '_start: j _start'), '--max', '50000');
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/did not exit within 50000 instructions/);
  });
});

describe('asm and disasm', () => {
  test('an ELF file that was assembled runs and disassembles', () => {
    const elf = pathOf('hello.elf');
    expect(sim('asm', fileOf('hello.s', HELLO), '-o', elf)).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(sim('exec', elf).stdout).toBe('hello\n');
    expect(sim('disasm', elf).stdout).toMatch(
      /_start:\n {2}80000000 {2}4505 {6}c.li a0, 1 {20,}\S*hello\.s:\d+\n/,
    );
    type Told = { instructions: { text: string; line: string }[] };
    const { instructions } = jsonOf('disasm', elf) as Told;
    expect(instructions.at(-1)?.text).toBe('ecall');
    expect(instructions.at(-1)?.line).toMatch(/hello\.s:\d+$/);
  });

  test('padding is told in a line', () => {
    const path = fileOf('padded.s', '_start: nop\n .balign 64, 0\nnext: nop\n');
    expect(sim('disasm', path).stdout).toMatch(
      /\.half 0x0000.*\n {2}\.{3} +30 more of these\n\nnext:\n/,
    );
  });

  test('a program whose lines cannot be read is told, and runs', () => {
    const octets = elfOf((whole) => whole);
    const elf = pathOf('unlined.elf');
    // The version stands before the length of the header and what it begins with.
    octets[Buffer.from(octets).indexOf(Buffer.from([1, 1, 0xfb, 14, 13])) - 6] = 9;
    writeFileSync(elf, octets);
    const { status, stdout, stderr } = sim('exec', elf);
    expect([status, stdout]).toEqual([3, 'hello\n']);
    expect(stderr).toMatch(/unlined\.elf: \.debug_line is not read to its end: its version is 9/);
  });

  test('all errors at once, with line, column and remedy', () => {
    const path = fileOf('wrong.s', '_start:\n  adi a0, a0, 1\n  lw a0, 4(b1)\n');
    const { status, stdout, stderr } = sim('asm', path);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/2 errors/);
    expect(stderr).toMatch(/wrong\.s:2:3: .*`adi`.*Did you mean `addi`\?/);
    expect(stderr).toMatch(/wrong\.s:3:12: /);
  });
});

const elfOf = (change: (octets: Uint8Array) => Uint8Array): Uint8Array => {
  const elf = pathOf('whole.elf');
  sim('asm', fileOf('hello.s', HELLO), '-o', elf);
  return change(new Uint8Array(readFileSync(elf)));
};

describe('what cannot be', () => {
  test.each([
    ['no ELF file', () => Uint8Array.of(1, 2, 3), /ELF/],
    ['a file of 64 bits', () => elfOf((octets) => octets.with(4, 2)), /64/],
    ['another machine', () => elfOf((octets) => octets.with(18, 62)), /RISC-V/],
    ['half a file', () => elfOf((octets) => octets.slice(0, 60)), /./],
  ])('%s is refused with the reason', (_, octets, why) => {
    const path = fileOf('odd.elf', octets());
    const done = sim('exec', path);
    expect([done.status, done.stdout]).toEqual([1, '']);
    expect(done.stderr).toMatch(why);
    expect(done.stderr).toContain('odd.elf');
  });

  test.each([
    [['fly'], /no verb "fly"/],
    [[], /./],
    [['run'], /which scenario\? There are: fetch-a-page, ping, network-lab/],
    [['run', 'tetris'], /no scenario "tetris".*fetch-a-page/],
    [['run', 'ping', '--until', 'soon'], /"soon" is not a time/],
    [['run', 'ping', '--seed', '-1'], /--seed/],
    [['run', 'ping', '--loud'], /--loud/],
    [['exec'], /takes a program/],
    [['exec', 'x.s', '--engine', 'steam'], /micro, fast or auto/],
    [['bridge', 'ping', '--jack', 'router/eth0'], /no jack router\/eth0.*client\/eth0/],
  ])('%j is a misuse: status 2 and what would be right', (words, why) => {
    const done = sim(...words);
    expect(done.status).toBe(2);
    expect(done.stderr + done.stdout).toMatch(why);
  });

  test('a file that is not there is named', () => {
    const done = sim('exec', '/nowhere/at/all.elf');
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/\/nowhere\/at\/all\.elf: cannot be read/);
  });

  test('a recording that cannot be written is told of before the session, not after it', () => {
    const done = sim('bridge', 'ping', '--record', '/nowhere/session.json');
    expect([done.status, done.stdout]).toEqual([1, '']);
    expect(done.stderr).toMatch(/^autochitect: \/nowhere\/session.json: cannot be written/);
  });

  test('a recording that is none is refused', () => {
    const done = sim('run', 'ping', '--replay', fileOf('odd.json', '{"frames": 3}'));
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/odd\.json: not a recording/);
  });
});
