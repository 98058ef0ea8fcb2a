/** The one move or note that all views of a run point at, and the one that is only hinted at. */
import type { Position } from '../../simulator';

/** A move or a note: its id is the same whenever the stretch is run again. */
export type Picked = {
  readonly id: string;
  readonly at: Position;
  /** Paths of what it is about: where it left and where it arrives, once where both are one. */
  readonly parts: readonly string[];
};

/** What the views of a run share of it. */
export type Selecting = Pick<Selection, 'picked' | 'hinted' | 'pick' | 'hint'>;

export class Selection {
  /** It was chosen, and stays. */
  picked = $state.raw<Picked | null>(null);
  /** It is under the pointer or has the focus. */
  hinted = $state.raw<Picked | null>(null);

  pick(picked: Picked | null): void {
    this.picked = picked;
  }

  hint(hinted: Picked | null): void {
    this.hinted = hinted;
  }

  /** The run is another one: what was picked may not be in it. */
  clear(): void {
    this.picked = null;
    this.hinted = null;
  }
}
