/** One plain sentence for learners: what a decoded instruction does. */
import { hexAddress } from '../image';
import type { SymbolLookup } from '../symbolAt';
import { csrName } from './csrs';
import type { Decoded } from './decode';
import { registerName } from './registers';

/** Where the instruction lies, so that a sentence can name the place that it jumps to. */
export type Place = { readonly address?: number; readonly symbolAt?: SymbolLookup };

const BRANCH = 'go on at {target}; if not, with the next instruction.';

const ATOMIC = 'In one go, loads the 4 octets at {place} into {rd} and';

/** Words in braces are filled in from the operands. */
const SENTENCES: { readonly [name: string]: string } = {
  lui: 'Puts {upper} into {rd}: 20 bits at the top, zeros below.',
  auipc: 'Adds {upper} to the address of this instruction and puts the sum into {rd}.',
  jal: 'Puts the address of the next instruction into {rd} and jumps to {target}.',
  jalr: 'Puts the address of the next instruction into {rd} and jumps to {place}.',
  beq: `If {rs1} equals {rs2}, ${BRANCH}`,
  bne: `If {rs1} differs from {rs2}, ${BRANCH}`,
  blt: `If {rs1} is less than {rs2} (with sign), ${BRANCH}`,
  bge: `If {rs1} is at least {rs2} (with sign), ${BRANCH}`,
  bltu: `If {rs1} is less than {rs2} (without sign), ${BRANCH}`,
  bgeu: `If {rs1} is at least {rs2} (without sign), ${BRANCH}`,
  lb: 'Loads the octet at {place} into {rd} and extends its sign.',
  lh: 'Loads the 2 octets at {place} into {rd} and extends their sign.',
  lw: 'Loads the 4 octets at {place} into {rd}.',
  lbu: 'Loads the octet at {place} into {rd} and fills with zeros.',
  lhu: 'Loads the 2 octets at {place} into {rd} and fills with zeros.',
  sb: 'Stores the lowest octet of {rs2} at {place}.',
  sh: 'Stores the lower 2 octets of {rs2} at {place}.',
  sw: 'Stores the 4 octets of {rs2} at {place}.',
  addi: 'Adds {imm} to {rs1} and puts the sum into {rd}.',
  slti: 'Puts 1 into {rd} if {rs1} is less than {imm} (with sign), else 0.',
  sltiu: 'Puts 1 into {rd} if {rs1} is less than {imm} (without sign), else 0.',
  xori: 'Flips the bits of {rs1} that are set in {imm} and puts the result into {rd}.',
  ori: 'Sets the bits of {imm} in {rs1} and puts the result into {rd}.',
  andi: 'Keeps the bits of {rs1} that are set in {imm} and puts them into {rd}.',
  slli: 'Shifts {rs1} left by {imm} bits and puts the result into {rd}.',
  srli: 'Shifts {rs1} right by {imm} bits, zeros coming in, and puts the result into {rd}.',
  srai: 'Shifts {rs1} right by {imm} bits, the sign coming in, and puts the result into {rd}.',
  add: 'Adds {rs1} and {rs2} and puts the sum into {rd}.',
  sub: 'Subtracts {rs2} from {rs1} and puts the difference into {rd}.',
  sll: 'Shifts {rs1} left by the lower 5 bits of {rs2} and puts the result into {rd}.',
  slt: 'Puts 1 into {rd} if {rs1} is less than {rs2} (with sign), else 0.',
  sltu: 'Puts 1 into {rd} if {rs1} is less than {rs2} (without sign), else 0.',
  xor: 'Puts the bits in which {rs1} and {rs2} differ into {rd}.',
  srl: 'Shifts {rs1} right by the lower 5 bits of {rs2}, zeros coming in, into {rd}.',
  sra: 'Shifts {rs1} right by the lower 5 bits of {rs2}, the sign coming in, into {rd}.',
  or: 'Puts the bits that are set in {rs1} or {rs2} into {rd}.',
  and: 'Puts the bits that are set in both {rs1} and {rs2} into {rd}.',
  mul: 'Multiplies {rs1} by {rs2} and puts the lower 32 bits into {rd}.',
  mulh: 'Multiplies {rs1} by {rs2} (both with sign) and puts the upper 32 bits into {rd}.',
  mulhsu: 'Multiplies {rs1} (with sign) by {rs2} (without) and puts the upper 32 bits into {rd}.',
  mulhu: 'Multiplies {rs1} by {rs2} (both without sign) and puts the upper 32 bits into {rd}.',
  div: 'Divides {rs1} by {rs2} (with sign, towards zero) and puts the quotient into {rd}.',
  divu: 'Divides {rs1} by {rs2} (without sign) and puts the quotient into {rd}.',
  rem: 'Divides {rs1} by {rs2} (with sign) and puts the remainder into {rd}.',
  remu: 'Divides {rs1} by {rs2} (without sign) and puts the remainder into {rd}.',
  'lr.w': 'Loads the 4 octets at {place} into {rd} and reserves them.',
  'sc.w': 'Stores {rs2} at {place} if they are still reserved, and puts 0 into {rd} if so, else 1.',
  'amoswap.w': `${ATOMIC} stores {rs2} there.`,
  'amoadd.w': `${ATOMIC} stores their sum with {rs2} there.`,
  'amoxor.w': `${ATOMIC} flips those of their bits that are set in {rs2}.`,
  'amoand.w': `${ATOMIC} keeps those of their bits that are set in {rs2}.`,
  'amoor.w': `${ATOMIC} sets the bits of {rs2} in them.`,
  'amomin.w': `${ATOMIC} stores the lesser of them and {rs2} (with sign) there.`,
  'amomax.w': `${ATOMIC} stores the greater of them and {rs2} (with sign) there.`,
  'amominu.w': `${ATOMIC} stores the lesser of them and {rs2} (without sign) there.`,
  'amomaxu.w': `${ATOMIC} stores the greater of them and {rs2} (without sign) there.`,
  'sfence.vma': 'Makes earlier changes of page tables visible to the translations that follow.',
  fence: 'Makes earlier memory accesses visible before later ones.',
  'fence.i': 'Makes earlier stores visible to the instruction fetches that follow.',
  ecall: 'Asks the system for a service: traps to the handler.',
  ebreak: 'Stops for a debugger: traps to the handler.',
  sret: 'Returns from a trap that supervisor mode handled.',
  wfi: 'Waits until an interrupt is pending.',
  mret: 'Returns from a trap: back to the mode it came from, at the address in mepc.',
  csrrw: 'Puts the old value of {csr} into {rd} and {rs1} into {csr}.',
  csrrs: 'Puts the old value of {csr} into {rd} and sets the bits of {rs1} in {csr}.',
  csrrc: 'Puts the old value of {csr} into {rd} and clears the bits of {rs1} in {csr}.',
  csrrwi: 'Puts the old value of {csr} into {rd} and {zimm} into {csr}.',
  csrrsi: 'Puts the old value of {csr} into {rd} and sets the bits of {zimm} in {csr}.',
  csrrci: 'Puts the old value of {csr} into {rd} and clears the bits of {zimm} in {csr}.',
};

/** Names of forms that say less, and so read better; a form is made by {@link formOf}. */
const SHORTER: { readonly [form: string]: string } = {
  'addi 0 0': 'Does nothing.',
  'addi rs1=0': 'Puts {imm} into {rd}.',
  'addi imm=0': 'Copies {rs1} into {rd}.',
  'jal rd=0': 'Jumps to {target}.',
  'jalr rd=0': 'Jumps to {place}.',
  'jalr ret': 'Returns to the caller: jumps to the address in ra.',
  'csrrw rd=0': 'Puts {rs1} into {csr}.',
  'csrrs rd=0': 'Sets the bits of {rs1} in {csr}.',
  'csrrc rd=0': 'Clears the bits of {rs1} in {csr}.',
  'csrrs rs1=0': 'Puts the value of {csr} into {rd}.',
  'csrrc rs1=0': 'Puts the value of {csr} into {rd}.',
  'csrrwi rd=0': 'Puts {zimm} into {csr}.',
  'csrrsi rd=0': 'Sets the bits of {zimm} in {csr}.',
  'csrrci rd=0': 'Clears the bits of {zimm} in {csr}.',
};

/** The forms that an instruction may be read as, the shortest first. */
function formsOf({ row: { name }, rd, rs1, imm }: Decoded): readonly string[] {
  const forms: string[] = [];
  if (rd === 0 && rs1 === 0 && imm === 0) forms.push(`${name} 0 0`);
  if (rd === 0 && rs1 === 1 && imm === 0) forms.push(`${name} ret`);
  if (rs1 === 0) forms.push(`${name} rs1=0`);
  if (rd === 0) forms.push(`${name} rd=0`);
  if (imm === 0) forms.push(`${name} imm=0`);
  return forms;
}

function target(imm: number, { address, symbolAt }: Place): string {
  if (address === undefined) {
    if (imm === 0) return 'this same instruction';
    return `the instruction ${imm < 0 ? -imm : imm} octets ${imm < 0 ? 'back' : 'further on'}`;
  }
  const at = (address + imm) >>> 0;
  return symbolAt?.(at) ?? hexAddress(at);
}

function placeOf({ row, rs1, imm }: Decoded): string {
  const base = `the address in ${registerName(rs1)}`;
  // The immediate of an atomic is its ordering.
  if (imm === 0 || row.class === 'atomic') return base;
  return imm < 0 ? `${base} minus ${-imm}` : `${base} plus ${imm}`;
}

function fill(word: string, decoded: Decoded, place: Place): string {
  switch (word) {
    case 'rd':
      return registerName(decoded.rd);
    case 'rs1':
      return registerName(decoded.rs1);
    case 'rs2':
      return registerName(decoded.rs2);
    case 'imm':
      return String(decoded.imm);
    case 'upper':
      return hexAddress(decoded.imm);
    case 'target':
      return target(decoded.imm, place);
    case 'place':
      return placeOf(decoded);
    case 'csr':
      return csrName(decoded.csr);
    default:
      return String(decoded.zimm);
  }
}

export function explain(decoded: Decoded, place: Place = {}): string {
  const shorter = formsOf(decoded).map((form) => SHORTER[form]);
  const sentence = shorter.find((one) => one !== undefined) ?? SENTENCES[decoded.row.name];
  if (sentence === undefined) return `Executes ${decoded.row.name}.`;
  const text = sentence.replaceAll(/\{(\w+)\}/g, (_, word: string) => fill(word, decoded, place));
  const isLost = decoded.rd === 0 && sentence.includes('{rd}');
  return isLost ? `${text} Register zero stays 0, so that result is lost.` : text;
}
