/** Small worlds for the tests of history. */
import { host } from '../../../simulator/host/spec';
import { programFrom } from '../../../simulator/host/program';
import type { WorldSpec } from '../../../simulator/world/spec';

function twoComputers(seed: number, ping: { readonly [field: string]: number }): WorldSpec {
  const program = {
    kind: 'modelled' as const,
    name: 'ping',
    arguments: { destination: '10.0.0.2', payloadOctets: 56, ...ping },
  };
  return {
    seed,
    hosts: [
      host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [program]),
      host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', []),
    ],
    cables: [
      { name: 'cable', ends: ['client', 'server'], bitsPerSecond: 100_000_000, lengthMetres: 20 },
    ],
  };
}

/** Three echo requests, one a millisecond. */
export const pingWorld = (seed: number): WorldSpec =>
  twoComputers(seed, { count: 3, intervalNs: 1_000_000, timeoutNs: 2_000_000 });

/** Echo requests without pause, four under way at once. */
export const floodWorld = (seed: number): WorldSpec =>
  twoComputers(seed, { count: 100_000, intervalNs: 0, timeoutNs: 1_000_000_000, outstanding: 4 });

const COUNT_AND_GREET = `
    .text
    .globl _start
_start:
    li   t0, 40          # count down
1:  addi t0, t0, -1
    sw   t0, -16(sp)     # and keep the count in memory
    bnez t0, 1b
    li   a0, 1
    la   a1, text
    li   a2, 3
    li   a7, 64          # write(1, text, 3)
    ecall
    li   a0, 7
    li   a7, 93          # exit(7)
    ecall
    .data
text: .ascii "hi\\n"
`;

function machines(seed: number, name: string, source: string): WorldSpec {
  const made = programFrom(name, source);
  if (!made.ok) throw new Error(JSON.stringify(made.errors));
  const { program } = made;
  return {
    seed,
    hosts: [
      host('client', 'Computer A', '02:00:00:00:00:0a', '10.0.0.1/24', [program]),
      host('server', 'Computer B', '02:00:00:00:00:0b', '10.0.0.2/24', [program]),
    ],
    cables: [],
  };
}

/** Two computers with processors; both run a short program of machine code. */
export const machineWorld = (seed: number): WorldSpec => machines(seed, 'greet', COUNT_AND_GREET);

const LOAD_FROM_NOWHERE = `
    .text
    .globl _start
_start:
    li   t0, 40
1:  addi t0, t0, -1
    bnez t0, 1b
    lw   t0, 0(zero)
`;

/** Two computers whose programs load from where no memory is, which is their end. */
export const strayWorld = (seed: number): WorldSpec => machines(seed, 'stray', LOAD_FROM_NOWHERE);
