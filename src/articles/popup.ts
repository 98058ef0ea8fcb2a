/** Where a pop-up stands, and which presses open one. */

/** Room around it, px. */
const EDGE = 8;

/** The glossary link that a plain press was on; null for any other press. */
export function termLink(event: MouseEvent): HTMLAnchorElement | null {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (event.defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey)
    return null;
  return target instanceof Element ? target.closest<HTMLAnchorElement>('a[data-term]') : null;
}

/** Under the word, or above it when there is no room; in coordinates of the document. */
export function placed(word: DOMRect, popup: HTMLElement): { left: number; top: number } {
  const { offsetWidth, offsetHeight } = popup;
  const { clientWidth, clientHeight } = document.documentElement;
  const most = clientWidth - offsetWidth - EDGE;
  const left = Math.max(EDGE, Math.min(word.left, most));
  const below = word.bottom + EDGE;
  const above = word.top - offsetHeight - EDGE;
  const top = below + offsetHeight > clientHeight && above > 0 ? above : below;
  return { left: left + scrollX, top: top + scrollY };
}
