/**
 * Wheel, drag, pinch and motion over the stage, by d3-zoom. In coordinates of the drawing: it is
 * listened to on the drawing itself.
 */
import { interpolateZoom, type ZoomView } from 'd3-interpolate';
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent } from 'd3-zoom';
import { bounded, CLOSEST, type Frame, type Size } from '../layout/camera';

type Hear = {
  /** What is seen now; `byHand`: somebody turns, drags or pinches it. */
  readonly moved: (frame: Frame, byHand: boolean) => void;
  /** A wheel without a modifier is the page's unless somebody has taken hold of the stage. */
  readonly held: () => boolean;
};

export type Gestures = {
  readonly resize: (size: Size) => void;
  /** Goes there: at once, or smoothly. */
  readonly go: (frame: Frame, smoothly: boolean) => void;
  readonly stop: () => void;
};

const LEAST_MS = 250;
const MOST_MS = 700;
/** Between a press and a drag. */
const STILL_PX = 5;

const eased = (t: number): number => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);

/** At the whole there is nothing to drag: there a finger scrolls the page, and so does the wheel. */
function allows(event: Event, frame: Frame, held: boolean): boolean {
  const near = frame.k > 1.001;
  if (event instanceof WheelEvent) {
    if (event.ctrlKey || event.metaKey) return true;
    return held && (near || event.deltaY < 0);
  }
  if ('touches' in event) return near || (event as TouchEvent).touches.length > 1;
  return near && (event as MouseEvent).button === 0 && !(event as MouseEvent).ctrlKey;
}

/** Van Wijk's path between two frames: it draws back on a long way and comes near again. */
function pathBetween(from: Frame, to: Frame, { width, height }: Size) {
  const view = ({ x, y, k }: Frame): ZoomView => [
    (width / 2 - x) / k,
    (height / 2 - y) / k,
    width / k,
  ];
  const path = interpolateZoom(view(from), view(to));
  const at = (t: number): Frame => {
    const [x, y, across] = path(t);
    const k = width / across;
    return { x: width / 2 - x * k, y: height / 2 - y * k, k };
  };
  return { at, ms: Math.min(MOST_MS, Math.max(LEAST_MS, path.duration * 0.6)) };
}

export function gestures(svg: SVGSVGElement, first: Size, { moved, held }: Hear): Gestures {
  let size = first;
  let frame: Frame = { x: 0, y: 0, k: 1 };
  let request = 0;
  const on = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, CLOSEST])
    .clickDistance(STILL_PX)
    .constrain((transform) => {
      const { x, y, k } = bounded(transform, size);
      return zoomIdentity.translate(x, y).scale(k);
    })
    .filter((event: Event) => allows(event, frame, held()))
    .on('start', ({ sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (sourceEvent !== null) cancelAnimationFrame(request);
    })
    .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      frame = { x: transform.x, y: transform.y, k: transform.k };
      moved(frame, sourceEvent !== null);
    });
  const stage = select(svg).call(on).on('dblclick.zoom', null);

  function set({ x, y, k }: Frame): void {
    stage.call((drawing) => {
      on.transform(drawing, zoomIdentity.translate(x, y).scale(k));
    });
  }
  function resize(to: Size): void {
    size = to;
    const edges: [[number, number], [number, number]] = [
      [0, 0],
      [to.width, to.height],
    ];
    on.extent(edges);
  }
  function go(to: Frame, smoothly: boolean): void {
    cancelAnimationFrame(request);
    if (!smoothly) {
      set(to);
      return;
    }
    const { at, ms } = pathBetween(frame, to, size);
    const beganMs = performance.now();
    const step = (nowMs: number): void => {
      const t = Math.min(1, Math.max(0, (nowMs - beganMs) / ms));
      set(t < 1 ? at(eased(t)) : to);
      if (t < 1) request = requestAnimationFrame(step);
    };
    request = requestAnimationFrame(step);
  }
  resize(first);
  return {
    resize,
    go,
    stop: () => {
      cancelAnimationFrame(request);
      stage.on('.zoom', null);
    },
  };
}
