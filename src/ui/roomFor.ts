/** On which side of something there is more room for what opens beside it, within what scrolls. */

export type Opening = {
  readonly side: 'above' | 'below';
  /** Pixels there are on that side. */
  readonly roomPx: number;
};

type Span = { readonly top: number; readonly bottom: number };

function frameOf(element: Element): Span {
  const whole = { top: 0, bottom: innerHeight };
  for (let each = element.parentElement; each !== null; each = each.parentElement) {
    const { overflowY } = getComputedStyle(each);
    if (overflowY !== 'auto' && overflowY !== 'scroll') continue;
    const { top, bottom } = each.getBoundingClientRect();
    return { top: Math.max(whole.top, top), bottom: Math.min(whole.bottom, bottom) };
  }
  return whole;
}

export function roomFor(element: Element): Opening {
  const frame = frameOf(element);
  const { top, bottom } = element.getBoundingClientRect();
  const [above, below] = [top - frame.top, frame.bottom - bottom];
  return above > below ? { side: 'above', roomPx: above } : { side: 'below', roomPx: below };
}
