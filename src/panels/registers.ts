/** What the registers of the network interface say, in words (8254x manual, §13.4). */

type Bits = readonly (readonly [bit: number, name: string])[];

const CAUSES: Bits = [
  [0, 'frame sent'],
  [6, 'receive overrun'],
  [7, 'frame received'],
];

const has = (value: number, bit: number): boolean => Math.floor(value / 2 ** bit) % 2 === 1;

const named = (value: number, bits: Bits, none: string): string =>
  bits
    .filter(([bit]) => has(value, bit))
    .map(([, name]) => name)
    .join(', ') || none;

const MEANINGS: Readonly<Record<string, (value: number) => string>> = {
  ICR: (value) => `interrupt causes: ${named(value, CAUSES, 'none')}`,
  IMS: (value) => `lets through: ${named(value, CAUSES, 'none')}`,
  RCTL: (value) => (has(value, 1) ? 'receiver enabled' : 'receiver disabled'),
  TCTL: (value) => (has(value, 1) ? 'transmitter enabled' : 'transmitter disabled'),
  RDBAL: () => 'receive ring: address in RAM',
  RDLEN: (value) => `receive ring: ${value / 16} descriptors of 16 octets`,
  RDH: () => 'receive head: the next that the interface fills',
  RDT: () => 'receive tail: the driver’s, up to here it gave',
  TDBAL: () => 'transmit ring: address in RAM',
  TDLEN: (value) => `transmit ring: ${value / 16} descriptors of 16 octets`,
  TDH: () => 'transmit head: the next that the interface sends',
  TDT: () => 'transmit tail: the driver’s doorbell',
  RAL: () => 'own address, octets 0 to 3',
  RAH: () => 'own address, octets 4 and 5, and “valid”',
};

export function registerMeaning(name: string, value: number): string {
  return MEANINGS[name]?.(value) ?? '';
}
