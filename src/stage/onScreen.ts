/** Between pixels of the window and the drawing of the stage, while the whole is seen. */
import { whole, type Size } from '../layout/camera';
import type { Box, Point } from '../layout/geometry';

/** Less than that is not enough to look at anything. */
const LEAST_PX = 160;

/** Where on the drawing a pixel of the window is. */
export function onWhole(svg: Element, size: Size, { x, y }: Point): Point {
  const { left, top, width, height } = svg.getBoundingClientRect();
  const fit = Math.min(width / size.width, height / size.height) || 1;
  const [gapX, gapY] = [width - size.width * fit, height - size.height * fit];
  return { x: (x - left - gapX / 2) / fit, y: (y - top - gapY / 2) / fit };
}

/** What of the drawing's place is in the window, and not under the bar at its foot. */
export function openStretch(svg: Element, size: Size): Box {
  const { top, bottom, left, right } = svg.getBoundingClientRect();
  const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom);
  const foot = innerHeight - (Number.isFinite(padding) ? padding : 0);
  const [from, to] = [Math.max(top, 0), Math.min(bottom, foot)];
  if (to - from < LEAST_PX) return whole(size);
  const a = onWhole(svg, size, { x: left, y: from });
  const b = onWhole(svg, size, { x: right, y: to });
  return {
    x: 0,
    y: Math.max(0, a.y),
    width: size.width,
    height: Math.min(size.height, b.y) - Math.max(0, a.y),
  };
}
