/** Where the camera is to look: views made of frames and of parts, for the drawing as it is now. */
import * as camera from '../layout/camera';
import type { Box } from '../layout/geometry';
import { heartOf, readableFrom } from '../layout/insides';
import type { View } from '../session/view';

type About = {
  readonly size: camera.Size;
  readonly places: camera.Places;
  /** Pixels for a unit of the drawing while the whole is seen. */
  readonly fit: number;
};

/** A view from this size on means the part with what is inside it. */
const NEAR = 0.85;

const boxIn = ({ places, size }: About, part: string): Box =>
  places[part] ?? { x: 0, y: 0, ...size };

export const frameOf = (view: View | null, about: About): camera.Frame =>
  view === null ? camera.WHOLE : camera.frameOf(view, boxIn(about, view.part), about.size);

export function viewAt(to: camera.Frame, about: About): View | null {
  if (to.k <= 1.001) return null;
  const part = camera.lookedAt(to, about.places, about.size);
  return camera.viewOf(to, part, boxIn(about, part), about.size);
}

/** All of a part, near enough for its inside; the whole when there is no such part. */
export function viewInto(part: string, about: About, open: Box): View | null {
  const at = about.places[part];
  if (part === '' || at === undefined) return null;
  const least = readableFrom(part, at) / about.fit;
  const to = camera.fitTo(heartOf(part, at), about.size, open, least);
  return camera.viewOf(to, part, at, about.size);
}

/** From elsewhere: what fits another screen is brought near enough here for its inside. */
export function readable(looks: View, about: About): View {
  const at = boxIn(about, looks.part);
  const { width, height } = about.size;
  const to = camera.frameOf(looks, at, about.size);
  const by = readableFrom(looks.part, at) / about.fit / to.k;
  if (looks.k < NEAR || by <= 1) return looks;
  const nearer = camera.zoomed(to, by, { x: width / 2, y: height / 2 }, about.size);
  return camera.viewOf(nearer, looks.part, at, about.size);
}

/** Moved by shares of the screen. */
export const panned = (from: camera.Frame, x: number, y: number, size: camera.Size): camera.Frame =>
  camera.bounded({ ...from, x: from.x + x * size.width, y: from.y + y * size.height }, size);
