/**
 * How the wall's clock becomes the playhead's: pure functions of what is on show and of the time
 * for which it has been shown.
 */
import type { Moment, Order } from './protocol';
import { SPEEDS, type Tempo } from './speeds';

export type Pace = { readonly tempo: Tempo; readonly stops: { readonly [tempo in Tempo]: number } };

const valueOf = ({ tempo, stops }: Pace): number => SPEEDS[tempo][stops[tempo]]?.value ?? 1;

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** Share of a step that was shown after `shownMs`, 0 to 1. */
export function shareOfStep(pace: Pace, shownMs: number): number {
  return clamp((shownMs / 1000) * valueOf({ ...pace, tempo: 'step' }));
}

/** By time: how far the playhead is from what happened last to what happens next. */
export function shareOfWait({ timeNs, nextNs, endsAtNs }: Moment, headNs: number): number {
  const untilNs = nextNs ?? endsAtNs;
  return untilNs <= timeNs ? 1 : clamp((headNs - timeNs) / (untilNs - timeNs));
}

/** By time: where the playhead is `elapsedMs` later; it waits for an answer that it needs. */
export function headAfter(
  pace: Pace,
  headNs: number,
  elapsedMs: number,
  { endsAtNs }: Moment,
): number {
  return Math.min(endsAtNs, headNs + elapsedMs * 1e6 * valueOf({ ...pace, tempo: 'time' }));
}

export type Frame = {
  readonly moment: Moment;
  readonly pace: Pace;
  readonly grain: Extract<Order, { kind: 'step' }>['grain'];
  readonly shownMs: number;
  readonly headNs: number;
};

/** While playing: what to ask for now, `end` when the end was shown, null to go on showing. */
export function wanted({ moment, pace, grain, shownMs, headNs }: Frame): Order | 'end' | null {
  if (pace.tempo === 'step') {
    if (shareOfStep(pace, shownMs) < 1) return null;
    return moment.atEnd ? 'end' : { kind: 'step', grain, direction: 1 };
  }
  if (moment.atEnd) return 'end';
  const due = headNs >= Math.min(moment.nextNs ?? Infinity, moment.endsAtNs);
  return due ? { kind: 'advance', toNs: Math.floor(headNs) } : null;
}
