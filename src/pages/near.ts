/** Where a small screen looks: at one computer at a time, the one where something happens. */
import type { View } from '../session/view';

const SMALL = '(max-width: 43.99rem)';
/** More computers are drawn from farther off. */
const MOST_HOSTS = 2;

/** A link that says where to look, which comes later, is stronger. */
export function lookNear(
  stage: { view: View | null; follow: boolean },
  hosts: readonly string[],
): void {
  const [first] = hosts;
  if (first === undefined || hosts.length > MOST_HOSTS || !matchMedia(SMALL).matches) return;
  stage.follow = true;
  stage.view ??= { part: first, x: 0.5, y: 0.5, k: 1 };
}
