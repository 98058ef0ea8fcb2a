/**
 * Checkpoints of a world, and the hash of a moment. A checkpoint holds references: of parts that have
 * not changed to what the one before has of them, and to the pages of RAM written since then. It
 * stays true however far the world runs on.
 */
import { assert } from '../contract/outcome';
import type { Plain } from '../contract/plain';
import type { Position } from '../contract/position';
import { hashPlain } from '../bits/canonical';
import { shortHex } from '../bits/murmur';
import * as computer from '../host/computer';
import * as cable from '../link/cable';
import * as agenda from './agenda';
import { touch, type Part, type SavedPart, type World } from './parts';

export type Checkpoint = {
  readonly at: Position;
  readonly events: number;
  readonly work: number;
  readonly inputs: number;
  readonly wakes: Float64Array;
  readonly counts: Float64Array;
  readonly parts: readonly SavedPart[];
};

export function save(world: World): Checkpoint {
  assert(world.inside === null, 'a checkpoint is between instructions');
  const { at, events, work, inputs } = world;
  const wakes = world.agenda.atNs.slice();
  const counts = world.counts.slice();
  world.parts.forEach((part, number) => (world.kept[number] ??= savePart(part)));
  const parts = world.kept.slice() as SavedPart[];
  return { at, events, work, inputs, wakes, counts, parts };
}

function savePart(part: Part): SavedPart {
  if (part.kind === 'computer') return computer.save(part.at);
  return part.kind === 'cable' ? cable.copy(part.state) : part.state;
}

/** Only into a world of the same spec as the checkpoint's. */
export function restore(world: World, checkpoint: Checkpoint): void {
  world.at = checkpoint.at;
  world.inside = null;
  world.lastAlu = null;
  world.work = checkpoint.work;
  world.events = checkpoint.events;
  world.inputs = checkpoint.inputs;
  world.counts.set(checkpoint.counts);
  agenda.restore(world.agenda, checkpoint.wakes);
  world.parts.forEach((part, number) => {
    const saved = checkpoint.parts[number] as SavedPart;
    if (world.kept[number] === saved) return;
    if (part.kind === 'computer') computer.restore(part.at, saved as computer.Saved);
    else if (part.kind === 'cable') cable.restore(part.state, saved as cable.Cable);
    else part.state = saved as typeof part.state;
    touch(world, number);
    world.kept[number] = saved;
  });
}

function plainOf(part: Part): Plain {
  if (part.kind !== 'computer') return part.state;
  return computer.canonical(part.at);
}

/** 16 hexadecimal digits. Two moments with the same state have the same hash, on every machine. */
export function hash(world: World): string {
  const wakes = Array.from(world.agenda.atNs);
  const counts = Array.from(world.counts);
  const parts = world.parts.map(plainOf);
  const { inputs, inside } = world;
  return shortHex(hashPlain({ wakes, counts, inputs, inside, parts }));
}
