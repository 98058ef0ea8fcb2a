/**
 * Text that is cut off, or that lies on other text, by measuring boxes. Runs in the page, so all that
 * it needs stands within it. One line for each text that cannot be read.
 */
export function unreadable(): string[] {
  type Text = { readonly words: string; readonly box: DOMRect; readonly element: Element };
  type Span = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;
  const SLACK = 1.5;

  function* upFrom(element: Element): Generator<Element> {
    for (let each: Element | null = element; each !== null; each = each.parentElement) yield each;
  }

  /** Only read aloud, or shown once it has the focus. */
  const isClipped = (element: Element): boolean =>
    [...upFrom(element)].some((each) => getComputedStyle(each).clipPath === 'inset(50%)');

  /** What travels passes over everything, on a ground of its own; its sentence stands in the bar. */
  const isShown = (element: Element): boolean =>
    element.closest('[hidden], noscript, option, .tokens') === null &&
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !isClipped(element);

  function textsOf(root: Element): Text[] {
    const texts: Text[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const words = (node.textContent ?? '').trim();
      const element = node.parentElement;
      if (words === '' || element === null || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter(({ width, height }) => width * height > 1);
      texts.push(...boxes.map((box) => ({ words, box, element })));
    }
    return texts;
  }

  /** Something that hides what overflows it is narrower than the words in it. */
  function isCut({ box, element }: Text): boolean {
    for (const each of upFrom(element)) {
      const { overflowX } = getComputedStyle(each);
      if (overflowX === 'auto' || overflowX === 'scroll') return false;
      if (overflowX === 'visible' || each instanceof SVGElement) continue;
      const { left, right } = each.getBoundingClientRect();
      const outside = box.left < left - SLACK || box.right > right + SLACK;
      // What has moved out of sight as a whole is not cut.
      if (outside && box.right > left && box.left < right) return true;
    }
    return false;
  }

  /** Its middle has not scrolled out of anything around it. */
  const isInSight = ({ box, element }: Text): boolean =>
    [...upFrom(element)].every((each) => {
      if (each instanceof SVGElement || getComputedStyle(each).overflowY === 'visible') return true;
      const { top, bottom } = each.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      return middle > top && middle < bottom;
    });

  const isInWindow = (text: Text): boolean => {
    const { left, right, top, bottom } = text.box;
    return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && isInSight(text);
  };

  /** Of the letters: a line's box is higher than they are. */
  const lettersOf = ({ box: { left, right, top, bottom, height } }: Text): Span => ({
    left: left + SLACK,
    right: right - SLACK,
    top: top + height * 0.25,
    bottom: bottom - height * 0.25,
  });

  /** At the middle of where they meet one sees both, and nothing that lies over either. */
  function liesOn(one: Text, other: Text): boolean {
    const [a, b] = [lettersOf(one), lettersOf(other)];
    const x = [Math.max(a.left, b.left), Math.min(a.right, b.right)] as const;
    const y = [Math.max(a.top, b.top), Math.min(a.bottom, b.bottom)] as const;
    if (x[0] >= x[1] || y[0] >= y[1]) return false;
    const seen = document.elementFromPoint((x[0] + x[1]) / 2, (y[0] + y[1]) / 2);
    const shows = ({ element }: Text): boolean => {
      const root = element.closest('svg') ?? element;
      return seen === null || root.contains(seen) || seen.contains(root);
    };
    return shows(one) && shows(other);
  }

  const texts = textsOf(document.body);
  const cut = texts.filter(isCut).map(({ words }) => `cut off: “${words}”`);
  const near = texts.filter(isInWindow);
  const covered = near.flatMap((one, i) =>
    near
      .slice(i + 1)
      .filter((other) => liesOn(one, other))
      .map((other) => `“${one.words}” lies on “${other.words}”`),
  );
  return [...new Set([...cut, ...covered])];
}
