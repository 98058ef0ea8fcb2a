/** Names of control and status registers, against GNU as. */
import { expect, test } from 'vitest';
import { CSR_NAMES, csrName, csrNumber } from '../../../simulator/isa/rv32/csrs';
import * as gnu from './gnu';

test.each([
  ['sstatus', 0x100],
  ['senvcfg', 0x10a],
  ['satp', 0x180],
  ['medeleg', 0x302],
  ['menvcfgh', 0x31a],
  ['mcountinhibit', 0x320],
  ['mhpmevent3', 0x323],
  ['mhpmevent31', 0x33f],
  ['pmpcfg15', 0x3af],
  ['pmpaddr63', 0x3ef],
  ['mhpmcounter3', 0xb03],
  ['mhpmcounter31h', 0xb9f],
  ['hpmcounter31', 0xc1f],
  ['mhartid', 0xf14],
])('%s is %i', (name, number) => {
  expect(csrNumber(name)).toBe(number);
  expect(csrName(number)).toBe(name);
});

test('a number without a name is written as one', () => {
  expect(csrName(0x7c0)).toBe('0x7c0');
});

test.runIf(gnu.isInstalled)('every name has the number that GNU as gives it', () => {
  const source = CSR_NAMES.map((name) => `csrrs a0, ${name}, zero\n`).join('');
  const program = gnu.sections(gnu.link(source, 'rv32ima_zicsr_zifencei'));
  const words = program[0]!.octets.match(/.{8}/g)!;
  expect(words.map((word) => parseInt(word.slice(6) + word.slice(4, 5), 16))).toEqual(
    CSR_NAMES.map((name) => csrNumber(name)),
  );
});
