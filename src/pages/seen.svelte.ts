/**
 * What was on show before: the room's answer at the moment before this one, and the frames that
 * went over each cable. The session forgets both; a room needs them to say what changed.
 */
import { untrack } from 'svelte';
import { format, type Answer } from '../../simulator';
import { framesOnAll, type SeenFrame, type SeenFrames } from '../panels/frames';
import type { Moment } from '../session/protocol';

type Held = {
  readonly at: string;
  readonly key: string;
  readonly now: Answer | null;
  readonly before: Answer | null;
};

export class Seen {
  #held = $state.raw<Held | null>(null);
  #frames = $state.raw<SeenFrames>({});

  /** To be made while a component is. `keyOf` names the question of the open room. */
  constructor(momentOf: () => Moment, keyOf: () => string) {
    $effect.pre(() => {
      const [moment, key] = [momentOf(), keyOf()];
      untrack(() => {
        this.#held = held(this.#held, moment, key);
        this.#frames = framesOnAll(this.#frames, moment);
      });
    });
  }

  /** While it is looked up for a new moment, the last one stays. */
  get answer(): Answer | null {
    return this.#held?.now ?? null;
  }

  get before(): Answer | null {
    return this.#held?.before ?? null;
  }

  /** Those under way and the last ones, the newest first. */
  framesOf(cable: string): readonly SeenFrame[] {
    return this.#frames[cable] ?? [];
  }
}

function held(last: Held | null, moment: Moment, key: string): Held {
  const at = format(moment.at);
  const now = moment.answers[key] ?? null;
  if (last?.key !== key) return { at, key, now, before: null };
  return { at, key, now: now ?? last.now, before: last.at === at ? last.before : last.now };
}
