/**
 * The memory of machine-code processes. There is no translation: a program lies at the physical
 * addresses that it was linked for, in a stretch of its own that also holds its heap and stack.
 * The stack begins as the RISC-V psABI and Linux have it: argc, argv, the environment, the
 * auxiliary vector, with sp on a multiple of 16.
 */
import { BUFFER_OCTETS, DESCRIPTOR_OCTETS } from '../contract/e1000';
import { PAGE_OCTETS } from '../contract/map';
import { values } from '../contract/table';
import type { Context, Image, Memory, Process, Segment } from './state';
import type { Turn } from './turn';

const STACK_POINTER = 2;
/** What is kept free between heap and stack. */
const STACK_OCTETS = 8 * 1024;

const endOf = (segment: Segment): number => segment.address + segment.octets.length;

const pageUp = (address: number): number => Math.ceil(address / PAGE_OCTETS) * PAGE_OCTETS;

type Loaded = { readonly context: Context; readonly memory: Memory };

/** Puts an image into RAM; a text says why it cannot be. */
export function loadImage(turn: Turn, image: Image, words: readonly string[]): Loaded | string {
  const { ram, kernel } = turn;
  const { segments, entry } = image;
  if (segments.length === 0) return 'the image has no segments';
  const lowest = Math.min(...segments.map((segment) => segment.address));
  const from = lowest - (lowest % PAGE_OCTETS);
  const to = from + kernel.config.layout.processOctets;
  const heapFrom = pageUp(Math.max(...segments.map(endOf)));
  if (heapFrom + STACK_OCTETS > to) return 'the image does not fit into the memory of a process';
  if (entry < from || entry >= heapFrom) return 'the entry point lies outside the image';
  const taken = whyTaken(turn, from, to);
  if (taken !== null) return taken;
  ram.store(from, new Uint8Array(to - from));
  for (const segment of segments) ram.store(segment.address, segment.octets);
  const stackPointer = putArguments(turn, to, words);
  const registers = new Array<number>(32).fill(0).with(STACK_POINTER, stackPointer);
  return {
    context: { registers, pc: entry },
    memory: { from, to, heapFrom, breakAt: heapFrom },
  };
}

/** Why a process cannot have that stretch of memory; null when it can. */
function whyTaken(turn: Turn, from: number, to: number): string | null {
  if (!turn.ram.holds(from, to - from)) return 'the image is linked for addresses outside RAM';
  const overlaps = ({ memory, state }: Process): boolean =>
    state !== 'exited' && memory !== null && from < memory.to && memory.from < to;
  if (values(turn.kernel.processes).some(overlaps)) return 'another process has memory there';
  return overlapsKernel(turn, from, to) ? 'the rings of the driver lie there' : null;
}

function overlapsKernel(turn: Turn, from: number, to: number): boolean {
  const { layout } = turn.kernel.config;
  const stretches = [
    [layout.receiveRing, layout.receiveCount * DESCRIPTOR_OCTETS],
    [layout.transmitRing, layout.transmitCount * DESCRIPTOR_OCTETS],
    [layout.receiveBuffers, layout.receiveCount * BUFFER_OCTETS],
    [layout.transmitBuffers, layout.transmitCount * BUFFER_OCTETS],
  ] as const;
  return stretches.some(([start, length]) => from < start + length && start < to);
}

/** Texts at the top, below them argc, argv…, null, (no environment) null, AT_NULL. */
function putArguments(turn: Turn, top: number, words: readonly string[]): number {
  const { ram } = turn;
  let at = top;
  const pointers = words.map((word) => {
    const octets = asciiZ(word);
    at -= octets.length;
    ram.store(at, octets);
    return at;
  });
  const vector = [words.length, ...pointers, 0, 0, 0, 0];
  at -= vector.length * 4;
  at -= at % 16;
  vector.forEach((value, index) => {
    ram.store32(at + index * 4, value);
  });
  return at;
}

function asciiZ(text: string): Uint8Array {
  const octets = new Uint8Array(text.length + 1);
  for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i);
  return octets;
}

/** True when the process may touch all of it. */
export function owns(memory: Memory | null, address: number, lengthOctets: number): boolean {
  return memory !== null && address >= memory.from && address + lengthOctets <= memory.to;
}

/** brk(2) as Linux answers it: the new break, or the old one when it cannot be moved there. */
export function moveBreak(memory: Memory, wanted: number): Memory {
  const fits = wanted >= memory.heapFrom && wanted <= memory.to - STACK_OCTETS;
  return fits ? { ...memory, breakAt: wanted } : memory;
}
