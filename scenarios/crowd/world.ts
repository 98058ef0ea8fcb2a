/** Five hundred pairs of computers, each with a cable of its own: the nearest first. */
import { host, type CableSpec, type ComputerSpec, type WorldSpec } from '../../simulator';

const PAIRS = 500;
/** The rings and buffers of the network interface's driver, and no page more than one beside them. */
const RAM_OCTETS = 0x2_2000;
const NEAREST_METRES = 20;
const FARTHER_METRES = 40;
const INTERVAL_NS = 500_000;
/** Askers do not keep step: each waits this much longer between two pings, after 50 anew. */
const SLOWER_NS = 2_000;

const numbers = Array.from({ length: PAIRS }, (_, index) => index + 1);
const hex = (value: number): string => value.toString(16).padStart(2, '0');
const high = (pair: number): number => Math.floor(pair / 256);

/** `letter` a asks, b answers; each pair has a network of its own. */
function computer(pair: number, letter: 'a' | 'b', programs: ComputerSpec['programs']) {
  const mac = `02:00:00:${hex(high(pair))}:${hex(pair % 256)}:0${letter}`;
  const address = `10.${high(pair)}.${pair % 256}.${letter === 'a' ? 1 : 2}/24`;
  const title = `Computer ${letter.toUpperCase()}${pair}`;
  return { ...host(`${letter}${pair}`, title, mac, address, programs), ramOctets: RAM_OCTETS };
}

const asker = (pair: number): ComputerSpec =>
  computer(pair, 'a', [
    {
      kind: 'modelled',
      name: 'ping',
      arguments: {
        destination: `10.${high(pair)}.${pair % 256}.2`,
        count: 2,
        intervalNs: INTERVAL_NS + SLOWER_NS * (pair % 50),
        payloadOctets: 56,
        timeoutNs: 1_000_000,
      },
    },
  ]);

const cable = (pair: number): CableSpec => ({
  name: `cable${pair}`,
  ends: [`a${pair}`, `b${pair}`],
  bitsPerSecond: 100_000_000,
  lengthMetres: NEAREST_METRES + FARTHER_METRES * (pair - 1),
});

export const world: WorldSpec = {
  seed: 1,
  hosts: numbers.flatMap((pair) => [asker(pair), computer(pair, 'b', [])]),
  cables: numbers.map(cable),
};
