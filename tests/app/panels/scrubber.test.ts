import { render } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import Scrubber from '../../../src/panels/Scrubber.svelte';
import { at } from '../fixtures/moment';

test('a mark tells what it is of, and leads there', async () => {
  const onseek = vi.fn();
  const mark = { at: at(7_000), timeNs: 7_000, kind: 'frame', label: 'A frame leaves' } as const;
  const props = { timeNs: 0, endsAtNs: 10_000, marks: [mark], onseek };
  const { container } = render(Scrubber, { ...props, ontake: vi.fn(), onrelease: vi.fn() });
  const reach = container.querySelector('.reach')!;
  expect(reach).toHaveTextContent('A frame leaves, 7.000 µs');
  await userEvent.click(reach);
  expect(onseek).toHaveBeenCalledWith(7_000);
});
