/**
 * A circuit of gates as data: wires are numbers, each gate drives one wire, and gates stand in an
 * order in which every input is driven before it is read, so one pass settles the circuit.
 */

/** A `mux` passes its second input when the first is 0, its third when it is 1. */
export type GateKind = 'not' | 'and' | 'or' | 'xor' | 'mux';

export type Gate = {
  readonly kind: GateKind;
  readonly inputs: readonly number[];
  /** The wire it drives. */
  readonly output: number;
  /** Where it is drawn: a stage of the circuit, a role in it, a bit slice. */
  readonly stage: string;
  readonly role: string;
  readonly bit: number;
};

/** A circuit while it is put together, and afterwards. */
export type Netlist = { wires: number; readonly gates: Gate[] };

/** Wires by name; `byRole[stage][role][bit]` is the wire of that gate. */
export type Index = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export type Place = { readonly stage: string; readonly role: string; readonly bit: number };

/** `count` wires that are driven from outside. */
export function inputs(net: Netlist, count: number): number[] {
  const first = net.wires;
  net.wires += count;
  return Array.from({ length: count }, (_, bit) => first + bit);
}

/** Adds a gate and answers with the wire that it drives. */
export function add(net: Netlist, kind: GateKind, from: readonly number[], place: Place): number {
  const output = net.wires++;
  net.gates.push({ kind, inputs: from, output, ...place });
  return output;
}

export function indexOf(net: Netlist): Index {
  const index: Record<string, Record<string, number[]>> = {};
  for (const { stage, role, bit, output } of net.gates) {
    ((index[stage] ??= {})[role] ??= [])[bit] = output;
  }
  return index;
}

/** Drives every gate once, in order; `wires` holds a 0 or 1 for each wire, inputs already set. */
export function settle(net: Netlist, wires: Uint8Array): void {
  const level = (wire: number | undefined): number => wires[wire as number] as number;
  for (const { kind, inputs: from, output } of net.gates) {
    const a = level(from[0]);
    switch (kind) {
      case 'not':
        wires[output] = 1 - a;
        break;
      case 'and':
        wires[output] = a & level(from[1]);
        break;
      case 'or':
        wires[output] = a | level(from[1]);
        break;
      case 'xor':
        wires[output] = a ^ level(from[1]);
        break;
      case 'mux':
        wires[output] = level(from[a === 0 ? 1 : 2]);
        break;
    }
  }
}
