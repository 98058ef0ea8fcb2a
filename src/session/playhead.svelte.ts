/**
 * Where the picture is between two answers of the engine: how long the step on show has been shown,
 * and where the playhead runs by time or follows the scrubber.
 */
import { headAfter, shareOfStep, shareOfWait } from './pace';
import type { PlaybackSnapshot } from './playback';
import type { Moment } from './protocol';

type Show = {
  readonly moment: Moment | null;
  readonly playback: PlaybackSnapshot;
  /** Nothing may move by itself. */
  readonly still: boolean;
};

export class Playhead {
  /** Wall time for which the step on show has been shown, ms. */
  shownMs = $state(Infinity);
  /** By time, and while the scrubber is held; ns. */
  headNs = $state(-1);

  /** How far the step on show has been shown, 0 to 1; 1 when nothing plays or may move. */
  phase({ moment, playback: { value, context }, still }: Show): number {
    if (still || moment === null) return 1;
    if (value === 'stepping') return shareOfStep(context, this.shownMs);
    if (value !== 'playing') return 1;
    if (context.tempo === 'time') return shareOfWait(moment, this.headNs);
    return shareOfStep(context, this.shownMs);
  }

  /** Virtual time that is drawn; a fraction between two answers. -1 before the start. */
  timeNs(show: Show): number {
    const { moment, playback } = show;
    if (moment === null) return -1;
    const { value, context } = playback;
    const runs = value === 'scrubbing' || (value === 'playing' && context.tempo === 'time');
    if (runs) return this.headNs;
    return moment.fromNs + (moment.timeNs - moment.fromNs) * this.phase(show);
  }

  /** Another frame was shown. */
  pass(elapsedMs: number, moment: Moment, { value, context }: PlaybackSnapshot): void {
    this.shownMs += elapsedMs;
    if (value === 'playing' && context.tempo === 'time')
      this.headNs = headAfter(context, this.headNs, elapsedMs, moment);
  }

  /** Another moment is on show. `leads`: the playhead is ahead of it, and stays there. */
  arrive(moment: Moment, { leads, shownMs }: { leads: boolean; shownMs: number | null }): void {
    if (shownMs !== null) this.shownMs = shownMs;
    this.headNs = leads ? Math.max(this.headNs, moment.timeNs) : moment.timeNs;
  }
}
