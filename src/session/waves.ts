/**
 * The moves of a step in the order in which they are shown. What a processor's datapath does at
 * once (both operands into the ALU) goes as one wave; everything else goes one after the other.
 */
import { compare, type Move } from '../../simulator';
import { isInside } from './inside';

/** More waves than this in one step are drawn together: one after the other would be a blur. */
const MOST_IN_TURN = 16;

/** A device's transfer comes before the interrupt that reports it, in the same event. */
function inOrder(a: Move, b: Move): number {
  return compare(a.at, b.at) || Number(b.kind === 'dma') - Number(a.kind === 'dma');
}

const goWith = (a: Move, b: Move): boolean =>
  isInside(a) && isInside(b) && a.kind === b.kind && compare(a.at, b.at) === 0;

function wavesOf(moves: readonly Move[]): Move[][] {
  const waves: Move[][] = [];
  for (const move of moves) {
    const last = waves.at(-1);
    if (last?.[0] !== undefined && goWith(last[0], move)) last.push(move);
    else waves.push([move]);
  }
  return waves;
}

export type Shown = {
  readonly move: Move;
  /** How much of it was shown, 0 to 1. */
  readonly share: number;
  /** Is it of the wave that is under way; at the end of the step, of the last. */
  readonly current: boolean;
};

/**
 * How far each move is after `phase` (0 to 1) of the step. Of a step in which a processor did more
 * than can be followed, its words are left out.
 */
export function inWaves(moves: readonly Move[], phase: number): Shown[] {
  const all = wavesOf(moves.toSorted(inOrder));
  const coarse = (wave: readonly Move[]): boolean => wave.some((move) => !isInside(move));
  const waves = all.length > MOST_IN_TURN ? all.filter(coarse) : all;
  const count = waves.length;
  const inTurn = count <= MOST_IN_TURN;
  const now = inTurn ? Math.min(count - 1, Math.floor(phase * count)) : -1;
  return waves.flatMap((wave, index) => {
    const share = inTurn ? Math.min(1, Math.max(0, phase * count - index)) : phase;
    return wave.map((move) => ({ move, share, current: now < 0 || index === now }));
  });
}
