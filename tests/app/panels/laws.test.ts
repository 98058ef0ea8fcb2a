import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Verdict } from '../../../simulator';
import BrokenLaw from '../../../src/panels/BrokenLaw.svelte';
import Laws from '../../../src/panels/Laws.svelte';
import { placeName } from '../../../src/panels/laws';
import { partNames } from '../../../src/panels/parts';
import { at, client, server } from '../fixtures/moment';

const names = partNames([client, server], ['cable']);
const holds = {
  name: 'frame-size',
  means: 'No frame is too long.',
  holds: true,
  why: null,
  witnesses: [],
};
const fails = {
  name: 'frames-conserved',
  means: 'No frame is forgotten.',
  holds: false,
  why: '3 sent, 1 arrived',
  witnesses: [
    { part: 'cable', says: '3 were sent' },
    { part: 'client.nic', says: '1 arrived' },
  ],
};
const verdicts = [holds, fails] as unknown as readonly Verdict[];

test('each law says what it means and, in words, whether it holds', () => {
  render(Laws, { verdicts, names });
  const [good, bad] = screen.getAllByRole('listitem');
  expect(good).toHaveTextContent('holds Frame size No frame is too long.');
  expect(bad).toHaveTextContent(
    'broken Frames conserved No frame is forgotten. Ethernet cable: 3 were sent; but Computer A: NIC: 1 arrived',
  );
  expect(screen.getByText('1 of 2 hold at this moment.')).toBeVisible();
});

test('while all hold, nothing alarms', () => {
  render(BrokenLaw, { broken: null, names, onseek: vi.fn() });
  expect(screen.getByRole('alert')).toBeEmptyDOMElement();
});

test('a broken one is named, with when, why, and who shows it, and leads there', async () => {
  const onseek = vi.fn();
  const broken = { verdict: verdicts[1]!, at: at(12_345), timeNs: 12_345 };
  render(BrokenLaw, { broken, names, onseek });
  const banner = within(screen.getByRole('alert'));
  expect(banner.getByText('Broken: Frames conserved')).toBeVisible();
  expect(banner.getByText(/Since 12.345 µs .*contradict each other/)).toBeVisible();
  const told = banner.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(told).toEqual(['Ethernet cable 3 were sent', 'Computer A: NIC 1 arrived']);
  await userEvent.click(banner.getByRole('button', { name: 'Go to that moment' }));
  expect(onseek).toHaveBeenCalledWith(at(12_345));
});

test('a world without laws says so', () => {
  render(Laws, { verdicts: [], names });
  expect(screen.getByText('None is watched here.')).toBeVisible();
});

test.each([
  ['client.nic', 'Computer A: NIC'],
  ['client.os.tcp', 'Computer A: operating system, tcp'],
  ['router', 'router'],
])('%s is called %s', (path, name) => {
  expect(placeName(path, names)).toBe(name);
});
