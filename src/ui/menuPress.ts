/**
 * Asking for a menu of something: the other mouse button, the menu key, Shift and F10, or a finger
 * that stays. The press that follows a finger's stay is not another press.
 */
const STAY_MS = 550;
const STILL_PX = 10;

const isMenuKey = ({ key, shiftKey }: KeyboardEvent): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey);

type Listen = <K extends keyof ElementEvents>(
  name: K,
  hear: (event: ElementEvents[K]) => void,
) => void;
type ElementEvents = Pick<
  GlobalEventHandlersEventMap,
  | 'click'
  | 'contextmenu'
  | 'keydown'
  | 'pointerdown'
  | 'pointermove'
  | 'pointerup'
  | 'pointercancel'
  | 'pointerleave'
>;

function take(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function staying(listen: Listen, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  let stayed = false;
  const stop = (): void => clearTimeout(timer);
  listen('pointerdown', ({ pointerType, clientX: x, clientY: y }) => {
    stayed = false;
    if (pointerType !== 'touch') return;
    from = { x, y };
    timer = setTimeout(() => {
      stayed = true;
      act();
    }, STAY_MS);
  });
  listen('pointermove', ({ clientX: x, clientY: y }) => {
    if (Math.hypot(x - from.x, y - from.y) > STILL_PX) stop();
  });
  for (const name of ['pointerup', 'pointercancel', 'pointerleave'] as const) listen(name, stop);
  listen('click', (event) => {
    if (stayed) take(event);
    stayed = false;
  });
  return stop;
}

/** Calls `act` whenever a menu of the element is asked for; without `act` the browser's own comes. */
export function menuPress(
  act: (() => void) | undefined,
): (element: Element) => (() => void) | undefined {
  return (element) => {
    if (act === undefined) return undefined;
    const on = new AbortController();
    // Before the element's own listeners: a press that is no press must not reach them.
    const options = { signal: on.signal, capture: true };
    const listen: Listen = (name, hear) =>
      element.addEventListener(name, hear as EventListener, options);
    const stop = staying(listen, act);
    listen('contextmenu', (event) => {
      take(event);
      stop();
      act();
    });
    listen('keydown', (event) => {
      if (!isMenuKey(event)) return;
      take(event);
      act();
    });
    return () => {
      stop();
      on.abort();
    };
  };
}
