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

/** With 16-bit instructions, and without. */
export type March = 'rv32imac_zicsr_zifencei' | 'rv32ima_zicsr_zifencei';

/** The linked program that GNU makes of one source, or of several. */
export function link(source: string | readonly string[], arch: March): Uint8Array {
  return withFolder((folder) => {
    const [script, program] = [join(folder, 'a.ld'), join(folder, 'a.elf')];
    writeFileSync(script, LAYOUT);
    const sources = typeof source === 'string' ? [source] : source;
    const march = [`-march=${arch}`, '-mabi=ilp32', '-mno-relax'];
    const objects = sources.map((each, index) => {
      const [text, object] = [join(folder, `${index}.s`), join(folder, `${index}.o`)];
      writeFileSync(text, each);
      run('as', [...march, '-o', object, text]);
      return object;
    });
    run('ld', ['-melf32lriscv', '--no-relax', '-T', script, '-o', program, ...objects]);
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
