/** A chart as a file: numbers as CSV (RFC 4180), the drawing as SVG and as PNG. */
import { valueAt } from '../layout/chart';
import type { Series } from '../session/happenings';

const quoted = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** A row for each time at which a line changes; a column for each line. */
export function csvOf(lines: readonly Series[], nameOf: (line: Series) => string): string {
  const times = [...new Set(lines.flatMap(({ timesNs }) => timesNs))].toSorted((a, b) => a - b);
  const head = ['time_ns', ...lines.map((line) => nameOf(line))].map(quoted).join(',');
  const rows = times.map((timeNs) =>
    [timeNs, ...lines.map((line) => valueAt(line, timeNs))].join(','),
  );
  return [head, ...rows, ''].join('\r\n');
}

/** What a stylesheet says of a drawing, which a file has to say for itself. */
const STYLES = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'stroke-linejoin'],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor'],
] as const;

function inlined(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of STYLES) to.setAttribute(name, style.getPropertyValue(name));
  to.removeAttribute('class');
  for (let i = 0; i < from.children.length; i++)
    inlined(from.children[i] as Element, to.children[i] as Element);
}

/** The drawing as a file of its own, on the ground that it stands on. */
export function svgOf(drawing: SVGSVGElement, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  inlined(drawing, copy);
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const name = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  name.textContent = title;
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const { backgroundColor } = getComputedStyle(drawing);
  for (const [key, value] of Object.entries({ width, height, fill: backgroundColor }))
    ground.setAttribute(key, String(value));
  copy.prepend(name, ground);
  for (const unwanted of copy.querySelectorAll('[data-screen-only]')) unwanted.remove();
  return new XMLSerializer().serializeToString(copy);
}

const SHARPNESS = 2;

/** Null when the browser cannot draw it. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.scale(SHARPNESS, SHARPNESS);
  pen.drawImage(image, 0, 0, width, height);
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
