/** A pointer on the timeline: a press, a drag along, or a brush over a stretch of it. */

/** Pixels: a press whose pointer moves less is still a press. */
const STILL = 4;

export type Brush = { readonly from: number; readonly to: number };

type Ends = {
  readonly onpress: (x: number) => void;
  /** Since the last call. */
  readonly onpan: (pixels: number) => void;
  readonly onbrush: (brush: Brush) => void;
};

export class Gestures {
  /** In pixels of the drawing, while one is drawn. */
  brush = $state.raw<Brush | null>(null);
  #from: number | null = null;
  #last = 0;
  #brushing = false;
  /** It has become more than a press. */
  moved = false;
  readonly #ends: Ends;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  take(x: number, brushing: boolean): void {
    this.#from = x;
    this.#last = x;
    this.#brushing = brushing;
    this.moved = false;
  }

  /** True once it is more than a press: then the pointer is to be held. */
  drag(x: number): boolean {
    if (this.#from === null) return false;
    if (!this.moved && Math.abs(x - this.#from) < STILL) return false;
    this.moved = true;
    if (this.#brushing) this.brush = { from: this.#from, to: x };
    else this.#ends.onpan(x - this.#last);
    this.#last = x;
    return true;
  }

  release(x: number): void {
    const { brush } = this;
    const pressed = this.#from !== null && !this.moved;
    this.cancel();
    if (brush !== null) this.#ends.onbrush(brush);
    else if (pressed) this.#ends.onpress(x);
  }

  cancel(): void {
    this.#from = null;
    this.brush = null;
  }
}
