import { afterEach, expect, test } from 'vitest';
import { roomFor } from '../../../src/ui/roomFor';

afterEach(() => document.body.replaceChildren());

function at(element: Element, top: number, bottom: number): void {
  element.getBoundingClientRect = () => new DOMRect(0, top, 100, bottom - top);
}

test.each([
  ['near the top of the window', null, [100, 140], 'below', innerHeight - 140],
  ['near its end', null, [innerHeight - 60, innerHeight - 20], 'above', innerHeight - 60],
  ['low in a column that scrolls', [50, 400], [300, 340], 'above', 250],
  ['high in it', [50, 400], [100, 140], 'below', 260],
  [
    'in a column that goes on below the window',
    [-500, 5000],
    [200, 240],
    'below',
    innerHeight - 240,
  ],
])('%s', (_, column, [top, bottom], side, roomPx) => {
  const outer = document.body.appendChild(document.createElement('div'));
  const inner = outer.appendChild(document.createElement('div'));
  if (column !== null) {
    outer.style.overflowY = 'auto';
    at(outer, column[0]!, column[1]!);
  }
  at(inner, top!, bottom!);
  expect(roomFor(inner)).toEqual({ side, roomPx });
});
