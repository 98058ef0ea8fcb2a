/** What each key means while the stage, or a part upon it, has the focus. */

export type CameraCommand =
  | { readonly kind: 'zoom'; readonly by: number }
  | { readonly kind: 'whole' }
  | { readonly kind: 'pan'; readonly x: number; readonly y: number }
  | { readonly kind: 'into' };

const FACTOR = 1.6;
/** Of the screen, for each press of an arrow. */
const SHARE = 0.15;

const COMMANDS: Readonly<Record<string, CameraCommand>> = {
  '+': { kind: 'zoom', by: FACTOR },
  '=': { kind: 'zoom', by: FACTOR },
  '-': { kind: 'zoom', by: 1 / FACTOR },
  '0': { kind: 'whole' },
};
const ARROWS: Readonly<Record<string, CameraCommand>> = {
  ArrowLeft: { kind: 'pan', x: SHARE, y: 0 },
  ArrowRight: { kind: 'pan', x: -SHARE, y: 0 },
  ArrowUp: { kind: 'pan', x: 0, y: SHARE },
  ArrowDown: { kind: 'pan', x: 0, y: -SHARE },
};

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/**
 * Null when the key is not the stage's. Arrows step in time, so that they move what is seen only
 * with Shift, or while the stage itself has the focus and is nearer than the whole.
 */
export function cameraCommand(
  { key, shiftKey, altKey, ctrlKey, metaKey }: Press,
  { onStage, near }: { readonly onStage: boolean; readonly near: boolean },
): CameraCommand | null {
  if (altKey || ctrlKey || metaKey) return null;
  if (key === 'Enter' && shiftKey) return { kind: 'into' };
  if (key in ARROWS) return near && (shiftKey || onStage) ? (ARROWS[key] ?? null) : null;
  return COMMANDS[key] ?? null;
}
