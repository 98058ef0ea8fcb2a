/** Where the kernel's driver keeps its rings and buffers: the top of RAM, for every computer. */
import { BUFFER_OCTETS, DESCRIPTOR_OCTETS } from '../contract/e1000';
import { PAGE_OCTETS, RAM_BASE } from '../contract/map';
import type { Layout } from '../os/state';

/** Descriptors of one ring. */
const COUNT = 32;
const RING_OCTETS = COUNT * DESCRIPTOR_OCTETS;
const BUFFERS_OCTETS = COUNT * BUFFER_OCTETS;
/** Both rings take a page. */
const DRIVER_OCTETS = PAGE_OCTETS + 2 * BUFFERS_OCTETS;
/** A machine-code process gets this part of RAM: 64 KiB of 1 MiB. */
const PROCESSES = 16;

export type Region = { readonly name: string; readonly from: number; readonly to: number };

export function layoutOf(ramOctets: number): Layout {
  const from = RAM_BASE + ramOctets - DRIVER_OCTETS;
  return {
    receiveRing: from,
    transmitRing: from + RING_OCTETS,
    receiveBuffers: from + PAGE_OCTETS,
    transmitBuffers: from + PAGE_OCTETS + BUFFERS_OCTETS,
    receiveCount: COUNT,
    transmitCount: COUNT,
    processOctets: ramOctets / PROCESSES,
  };
}

/** RAM as a map, lowest address first; what no region names is free. */
export function regionsOf(ramOctets: number): Region[] {
  const layout = layoutOf(ramOctets);
  const region = (name: string, from: number, octets: number): Region => ({
    name,
    from,
    to: from + octets,
  });
  return [
    region('receive ring', layout.receiveRing, RING_OCTETS),
    region('transmit ring', layout.transmitRing, RING_OCTETS),
    region('receive buffers', layout.receiveBuffers, BUFFERS_OCTETS),
    region('transmit buffers', layout.transmitBuffers, BUFFERS_OCTETS),
  ];
}
