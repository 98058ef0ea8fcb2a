/** A figure: a picture until it is touched, then a player that stands still out of sight. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { scenario as ping } from '../../../scenarios/ping/scenario';
import type { Figure as FigureData } from '../../../src/articles/article';
import Figure from '../../../src/articles/Figure.svelte';
import { written } from '../../../src/articles/octets';
import type { Hearer } from '../../../src/session/client';
import { Desk } from '../../../src/session/desk';
import type { Order, Post } from '../../../src/session/protocol';
import { Session } from '../../../src/session/session.svelte';
import { cable, flight, moment } from '../fixtures/moment';

let orders: Order[] = [];
let hearer: Hearer | null = null;
let sight: (inSight: boolean) => void = () => undefined;

beforeEach(() => {
  [orders, hearer] = [[], null];
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }));
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
        sight = (isIntersecting) => {
          seen([{ isIntersecting }]);
        };
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A session whose engine is here, not in a worker. `mute`: it does not answer. */
const make =
  (mute = false) =>
  (slug: string): Session =>
    new Session(slug, (who) => {
      hearer = who;
      let id = 0;
      const desk = new Desk({
        scenarios: [ping],
        post: ({ reply, id: answered }: Post) => {
          who.heard(reply, answered);
        },
        soon: (go) => setTimeout(go, 0),
        nowMs: () => 0,
      });
      return {
        send: (order, questions) => {
          orders.push(order);
          // A link needs what jsdom has not: the start will do.
          const plain: Order = order.kind === 'open' ? { ...order, link: null } : order;
          if (!mute) desk.receive({ id: ++id, order: plain, questions });
          return id;
        },
        ask: () => Promise.resolve({ kind: 'refused', why: 'not now' }),
        close: vi.fn(),
      };
    });

const figure = (over: Partial<FigureData> = {}): FigureData => ({
  id: 'one',
  number: 3,
  caption: 'A <em>caption</em>.',
  name: 'A caption.',
  scenario: 'ping',
  at: 12_000,
  show: 'cable',
  knobs: [],
  grain: 'frame',
  still: written(
    moment({ sentence: 'A picture of it.', cables: { cable: cable({ flights: [flight()] }) } }),
  ),
  link: 'abc',
  ...over,
});

/** Of the figure's playback. */
function button(name: string): HTMLElement {
  const group = screen.getByRole('group', { name: 'Playback of figure 3' });
  return within(group).getByRole('button', { name });
}

test('before it is touched it is a picture: no engine is asked anything', () => {
  render(Figure, { figure: figure(), make: make() });
  expect(screen.getByRole('figure', { name: /A caption/ })).toBeInTheDocument();
  expect(screen.getByText('A picture of it.', { selector: 'p' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /^Frame 0, ARP/ })).toBeInTheDocument();
  expect(orders).toEqual([]);
  expect(hearer).toBeNull();
});

test('it can be linked to, and leads to the player at the same moment', () => {
  render(Figure, { figure: figure(), make: make() });
  expect(screen.getByRole('link', { name: 'Figure 3' })).toHaveAttribute('href', '#figure-one');
  expect(screen.getByRole('link', { name: 'Open in the player' })).toHaveAttribute(
    'href',
    '/#m=abc',
  );
});

test('the first press starts the engine at the figure’s moment, and is done when that is there', async () => {
  render(Figure, { figure: figure(), make: make() });
  await userEvent.click(button('Step forward'));
  expect(orders[0]).toEqual({ kind: 'open', slug: 'ping', link: 'abc' });
  await waitFor(() => expect(orders.some(({ kind }) => kind === 'step')).toBe(true));
  await waitFor(() => expect(screen.queryByText('A picture of it.', { selector: 'p' })).toBeNull());
});

test('back to how it began is the picture again, without an engine', async () => {
  render(Figure, { figure: figure(), make: make() });
  const reset = button('Back to how the figure began');
  expect(reset).toBeDisabled();
  await userEvent.click(button('Step forward'));
  await waitFor(() => expect(screen.queryByText('A picture of it.', { selector: 'p' })).toBeNull());
  await userEvent.click(reset);
  expect(screen.getByText('A picture of it.', { selector: 'p' })).toBeInTheDocument();
  expect(reset).toBeDisabled();
});

test('out of sight it stands still, and plays on when it is seen again', async () => {
  render(Figure, { figure: figure(), make: make() });
  await userEvent.click(button('Play'));
  await waitFor(() => expect(button('Pause')).toBeVisible());
  sight(false);
  await waitFor(() => expect(button('Play')).toBeVisible());
  sight(true);
  await waitFor(() => expect(button('Pause')).toBeVisible());
});

test('what stood still before stays so', async () => {
  render(Figure, { figure: figure(), make: make() });
  await userEvent.click(button('Step forward'));
  sight(false);
  sight(true);
  expect(button('Play')).toBeVisible();
});

test('when the engine does not start, the picture stays and says why', async () => {
  render(Figure, { figure: figure(), make: make(true) });
  await userEvent.click(button('Play'));
  hearer?.failed('The simulator does not start in this browser.');
  expect(await screen.findByRole('alert')).toHaveTextContent('does not start in this browser');
  expect(screen.getByText('A picture of it.', { selector: 'p' })).toBeInTheDocument();
});

test('a scenario that is gone leaves the picture, too', async () => {
  render(Figure, { figure: figure({ scenario: 'gone' }), make: make() });
  await userEvent.click(button('Play'));
  expect(await screen.findByRole('alert')).toHaveTextContent('no scenario called gone');
  expect(screen.getByText('A picture of it.', { selector: 'p' })).toBeInTheDocument();
});

test('only the knobs that it names stand beside it, and turn its world', async () => {
  render(Figure, { figure: figure({ knobs: ['line-rate'] }), make: make() });
  expect(screen.queryAllByLabelText('Length of the cable')).toEqual([]);
  const [, field] = screen.getAllByLabelText('Line rate');
  await userEvent.clear(field!);
  await userEvent.type(field!, '10');
  await userEvent.tab();
  await waitFor(() =>
    expect(orders).toContainEqual({ kind: 'knob', name: 'line-rate', value: 10 }),
  );
  await waitFor(() => expect(screen.getByText('10 Mbit/s')).toBeInTheDocument());
});

test('pressing the cable opens its room, and again closes it', async () => {
  render(Figure, { figure: figure(), make: make() });
  const wire = screen.getByRole('button', { name: /^Ethernet cable/ });
  await userEvent.click(wire);
  expect(screen.getByRole('region', { name: /Ethernet cable/ })).toBeInTheDocument();
  await userEvent.click(wire);
  expect(screen.queryByRole('region', { name: /Ethernet cable/ })).toBeNull();
});
