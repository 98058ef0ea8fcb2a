/**
 * Two presses on one part of the stage, close in time and place, are one wish to look nearer. A finger's first
 * press waits for a second; a mouse's counts at once, and its second does not count again.
 */
const TWICE_MS = 320;
const NEAR_PX = 30;

type First = {
  readonly atMs: number;
  readonly x: number;
  readonly y: number;
  readonly on: Element;
};

/** Two parts that lie close together are two wishes, however quick. */
const partAt = (on: Element): Element | null => on.closest('[data-part]');

/** Calls `twice` with what was pressed first, and where; gives back how to stop. */
export function doublePress(
  stage: Element,
  twice: (on: Element, at: { readonly x: number; readonly y: number }) => void,
): () => void {
  const end = new AbortController();
  const options = { signal: end.signal, capture: true };
  let first: First | null = null;
  let finger = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  function pressed(event: MouseEvent): void {
    // What a key or a script presses comes from nowhere; what was held back is let through.
    if (event.detail === 0 || !(event.target instanceof Element)) return;
    const { clientX: x, clientY: y, timeStamp: atMs, target: on } = event;
    const last = first;
    first = { atMs, x, y, on };
    if (
      last !== null &&
      atMs - last.atMs < TWICE_MS &&
      Math.hypot(x - last.x, y - last.y) < NEAR_PX &&
      partAt(on) === partAt(last.on)
    ) {
      take(event);
      clearTimeout(timer);
      first = null;
      twice(last.on, { x, y });
    } else if (finger) {
      take(event);
      timer = setTimeout(
        () => on.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: x, clientY: y })),
        TWICE_MS,
      );
    }
  }
  stage.addEventListener(
    'pointerdown',
    (event) => (finger = (event as PointerEvent).pointerType === 'touch'),
    options,
  );
  stage.addEventListener('click', (event) => pressed(event as MouseEvent), options);
  return () => {
    clearTimeout(timer);
    end.abort();
  };
}
