/** The laws of a run in words. */
import type { Verdict } from '../../simulator';

/** `frames-conserved` → `Frames conserved` */
export const lawTitle = ({ name }: Verdict): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');

/** `client.os.tcp` as the map calls what it lies in, and the rest of its path. */
export function placeName(path: string, names: Readonly<Record<string, string>>): string {
  const steps = path.split('.');
  for (let length = steps.length; length > 0; length--) {
    const name = names[steps.slice(0, length).join('.')];
    if (name !== undefined) return [name, ...steps.slice(length)].join(', ');
  }
  return path;
}

/** Who contradicts whom, in words. */
export const contradiction = (
  { witnesses, why }: Verdict,
  names: Readonly<Record<string, string>>,
): string | null =>
  witnesses.length === 0
    ? why
    : witnesses.map(({ part, says }) => `${placeName(part, names)}: ${says}`).join('; but ');
