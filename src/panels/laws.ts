/** The laws of a run in words. */
import type { Verdict } from '../../simulator';

/** Who shows that a law is broken, and by what. */
export type Witness = { readonly part: string; readonly says: string };

export const witnessesOf = (
  verdict: Verdict & { readonly witnesses?: readonly Witness[] },
): readonly Witness[] => verdict.witnesses ?? [];

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
