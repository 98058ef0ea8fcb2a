/** Drawing from frame to frame while there is something to draw; at rest no frame is asked for. */

/** Longest wall time that one frame is taken to have lasted: a hidden page does not leap. */
const MOST_FRAME_MS = 100;

export class Frames {
  readonly #draw: (elapsedMs: number) => void;
  readonly #restless: () => boolean;
  #asked = 0;
  #clockMs = 0;

  /** `restless`: is there something to do in the next frame. */
  constructor(draw: (elapsedMs: number) => void, restless: () => boolean) {
    this.#draw = draw;
    this.#restless = restless;
  }

  /** Sees to it that the next frame is drawn, when there is something to do in it. */
  wake(): void {
    if (this.#asked !== 0 || typeof document === 'undefined' || document.hidden) return;
    if (!this.#restless()) return;
    this.#clockMs = performance.now();
    this.#asked = requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }

  stop(): void {
    cancelAnimationFrame(this.#asked);
    this.#asked = 0;
  }

  #frame(nowMs: number): void {
    this.#asked = 0;
    const elapsedMs = Math.min(MOST_FRAME_MS, Math.max(0, nowMs - this.#clockMs));
    this.#draw(elapsedMs);
    this.wake();
    this.#clockMs = nowMs;
  }
}
