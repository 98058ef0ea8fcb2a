/** What a world consists of: hosts and cables by number, one agenda, and where the run loop is. */
import { unreachable } from '../contract/outcome';
import type { Position } from '../contract/position';
import type { See } from '../contract/see';
import type { Computer, Saved } from '../host/computer';
import type { AluUse, Latches } from '../host/inside';
import type { State as Outside } from '../host/outside';
import type { Cable } from '../link/cable';
import type { Agenda } from './agenda';
import type { CableSpec, WorldSpec } from './spec';

export type ComputerPart = { readonly kind: 'computer'; readonly at: Computer };
export type OutsidePart = { readonly kind: 'outside'; readonly name: string; state: Outside };
export type CablePart = {
  readonly kind: 'cable';
  readonly spec: CableSpec;
  /** Numbers of the parts at its two ends. */
  readonly ends: readonly [number, number];
  readonly state: Cable;
};
export type Part = ComputerPart | OutsidePart | CablePart;

/** A part as a checkpoint has it: never changed. */
export type SavedPart = Saved | Outside | Cable;

export type Inside = { readonly number: number; readonly latches: Latches };

export type World = {
  readonly spec: WorldSpec;
  readonly parts: readonly Part[];
  /** Those of them that are computers, and that are cables. */
  readonly computers: readonly ComputerPart[];
  readonly cables: readonly CablePart[];
  /** Numbers of parts by name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** For each part, goes up whenever it may have changed: as long as it is the same, so is the part. */
  readonly versions: Float64Array;
  /** For each part, what the last checkpoint has of it; null when it may have changed since. */
  readonly kept: (SavedPart | null)[];
  readonly agenda: Agenda;
  /** For each part, how many events it made. */
  readonly counts: Float64Array;
  readonly see: See;
  /** Numbers of the hosts that have an instruction-level processor. */
  readonly processors: readonly number[];
  /** What was done last: everything up to and with it is done, nothing after it. */
  at: Position;
  /** The instruction that has begun and is not finished, while somebody takes micro-steps. */
  inside: Inside | null;
  /** What the ALU did in the instruction that ended last by micro-steps; only to be seen. */
  lastAlu: { readonly number: number; readonly use: AluUse } | null;
  /** Events done since the world began: pops of the agenda. */
  events: number;
  /** Pops and stretches: what running took, whoever asked; no part of a moment. */
  work: number;
  /** Inputs done since the world began. */
  inputs: number;
};

/** Part `number` changes, or has just changed. */
export function touch(world: World, number: number): void {
  (world.versions[number] as number) += 1;
  world.kept[number] = null;
}

/** The name of a part, which begins its path. */
export function nameOf(part: Part): string {
  switch (part.kind) {
    case 'computer':
      return part.at.spec.name;
    case 'outside':
      return part.name;
    case 'cable':
      return part.spec.name;
    default:
      return unreachable(part);
  }
}
