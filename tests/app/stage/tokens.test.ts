import { render } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import Tokens from '../../../src/stage/Tokens.svelte';

test.each([
  [false, true, 1],
  [false, false, 1],
  [true, true, 1],
  [true, false, 0],
])('small: %s, nothing moves: %s: %d arrow tells the way', (small, still, arrows) => {
  const line = [
    { x: 0, y: 0 },
    { x: 40, y: 0 },
  ];
  const token = { id: 'a', kind: 'word', label: '0000002a', line, share: 0.5, small };
  const { container } = render(Tokens, { tokens: [token], still });
  expect(container.querySelectorAll('[marker-end]')).toHaveLength(arrows);
});
