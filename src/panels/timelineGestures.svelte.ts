/** Pointers on the timeline: a press, a drag along, a brush over a stretch of it, two that pinch. */

/** Pixels: a press whose pointer moves less is still a press. */
const STILL = 4;

export type Brush = { readonly from: number; readonly to: number };

type Ends = {
  readonly onpress: (x: number) => void;
  /** Since the last call. */
  readonly onpan: (pixels: number) => void;
  readonly onbrush: (brush: Brush) => void;
  /** Two fingers: what is looked at becomes `factor` times as long, about `x`. */
  readonly onpinch: (factor: number, x: number) => void;
};

/** Pixels: fingers nearer than this do not pinch any more. */
const LEAST_APART = 12;

export class Gestures {
  /** In pixels of the drawing, while one is drawn. */
  brush = $state.raw<Brush | null>(null);
  #from: number | null = null;
  #last = 0;
  #brushing = false;
  /** Where each pointer that is down was last. */
  #down: Readonly<Record<number, number>> = {};
  /** It has become more than a press. */
  moved = false;
  readonly #ends: Ends;

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** `isPrimary`: the mouse, or the first finger; whatever was down before it is no longer. */
  take(
    { pointerId, isPrimary }: Pick<PointerEvent, 'pointerId' | 'isPrimary'>,
    x: number,
    brushing: boolean,
  ): void {
    this.#down = { ...(isPrimary ? {} : this.#down), [pointerId]: x };
    if (this.#fingers > 1) {
      this.brush = null;
      this.moved = true;
      return;
    }
    this.#from = x;
    this.#last = x;
    this.#brushing = brushing;
    this.moved = false;
  }

  /** True once it is more than a press: then the pointer is to be held. */
  drag(pointer: number, x: number): boolean {
    if (this.#from === null) return false;
    if (this.#fingers > 1) return this.#pinch(pointer, x);
    this.#down = { [pointer]: x };
    if (!this.moved && Math.abs(x - this.#from) < STILL) return false;
    this.moved = true;
    if (this.#brushing) this.brush = { from: this.#from, to: x };
    else this.#ends.onpan(x - this.#last);
    this.#last = x;
    return true;
  }

  release(pointer: number, x: number): void {
    const { brush } = this;
    const pressed = this.#from !== null && !this.moved;
    this.cancel(pointer);
    if (brush !== null) this.#ends.onbrush(brush);
    else if (pressed) this.#ends.onpress(x);
  }

  cancel(pointer: number): void {
    const others = Object.entries(this.#down).filter(([id]) => Number(id) !== pointer);
    this.#down = Object.fromEntries(others);
    this.brush = null;
    // The finger that stays goes on from where it is, and is no press.
    const [left] = Object.values(this.#down);
    this.#from = left ?? null;
    this.#last = left ?? 0;
    this.#brushing = false;
  }

  get #fingers(): number {
    return Object.keys(this.#down).length;
  }

  #pinch(pointer: number, x: number): boolean {
    const before = Object.values(this.#down);
    this.#down = { ...this.#down, [pointer]: x };
    const after = Object.values(this.#down);
    const apart = ([one = 0, other = 0]: readonly number[]): number => Math.abs(one - other);
    const middle = ([one = 0, other = 0]: readonly number[]): number => (one + other) / 2;
    if (apart(before) >= LEAST_APART && apart(after) >= LEAST_APART)
      this.#ends.onpinch(apart(before) / apart(after), middle(after));
    this.#ends.onpan(middle(after) - middle(before));
    return true;
  }
}
