/**
 * GNU as and ld of Debian's binutils-riscv64-unknown-elf, as a twin: the same source, laid out as
 * our assembler lays it out.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'riscv64-unknown-elf-';

const LAYOUT = `SECTIONS {
  . = 0x80000000;
  .text : { *(.text) }
  . = ALIGN(16); .rodata : { *(.rodata) }
  . = ALIGN(16); .data : { *(.data) }
  . = ALIGN(16); .sdata : { *(.sdata) }
  . = ALIGN(16); .bss : { *(.bss) *(COMMON) }
}
ENTRY(_start)
`;

export const isInstalled = spawnSync(`${PREFIX}as`, ['--version']).status === 0;

export function run(tool: string, parameters: readonly string[]): string {
  const done = spawnSync(PREFIX + tool, parameters, { encoding: 'utf8', maxBuffer: 1 << 27 });
  if (done.status !== 0) throw new Error(`${tool}: ${done.stderr}`);
  return done.stdout + done.stderr;
}

/** Calls `use` with a folder that is gone afterwards. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'isa-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The linked program that GNU makes of `source`. */
export function link(source: string): Uint8Array {
  return withFolder((folder) => {
    const [text, object, script, program] = ['a.s', 'a.o', 'a.ld', 'a.elf'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    writeFileSync(text, source);
    writeFileSync(script, LAYOUT);
    const march = ['-march=rv32i_zicsr_zifencei', '-mabi=ilp32', '-mno-relax'];
    run('as', [...march, '-o', object, text]);
    run('ld', ['-melf32lriscv', '--no-relax', '-T', script, '-o', program, object]);
    return new Uint8Array(readFileSync(program));
  });
}

export type Memory = readonly { name: string; address: number; octets: string }[];

/** The sections of a program as objcopy takes them out; those of zeros have no octets. */
export function sections(program: Uint8Array): Memory {
  return withFolder((folder) => {
    const [file, out] = [join(folder, 'a.elf'), join(folder, 'a.bin')];
    writeFileSync(file, program);
    const rows = run('size', ['-A', '-d', file]).matchAll(/^(\.\S+)\s+(\d+)\s+([1-9]\d*)$/gm);
    return [...rows]
      .filter(([, , size]) => size !== '0')
      .map(([, name = '', size = '', address = '']) => {
        if (name === '.bss') return { name, address: Number(address), octets: `zeros ${size}` };
        run('objcopy', ['-O', 'binary', `--only-section=${name}`, file, out]);
        return { name, address: Number(address), octets: readFileSync(out).toString('hex') };
      });
  });
}
