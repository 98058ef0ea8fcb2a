/** Which run home shows: the one that a link chose, until a person picks another. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { START } from '../../simulator';
import { scenarios } from '../../src/catalogue';
import Home from '../../src/pages/Home.svelte';
import { urlWith } from '../../src/session/fragment';
import { emit } from '../../src/session/link';

test('from a link to one run a person comes to the run that home begins with', async () => {
  const linked = scenarios.find(({ slug }) => slug === 'ping')!;
  const first = scenarios.find(({ slug }) => slug === 'fetch-a-page')!;
  const place = { slug: 'ping', seed: linked.world.seed, inputs: [], at: START, timeNs: -1 };
  const link = await emit({ place, room: null, grain: null }, linked.version);
  history.replaceState(null, '', urlWith(location.href, link ?? ''));
  render(Home);
  const run = (title: string): HTMLElement => screen.getByRole('radio', { name: title });
  await waitFor(() => expect(run(linked.title)).toBeChecked(), { timeout: 5000 });
  await userEvent.click(run(first.title));
  await waitFor(() => expect(screen.getByText(first.summary, { exact: false })).toBeVisible());
  expect(run(first.title)).toBeChecked();
  expect(location.hash).toBe('');
});
