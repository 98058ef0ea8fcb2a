/** The stage of many computers: what a press hits, what is painted, who can be reached by keys. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { drawnAt, fitting, HOST, seenAt, worldLayout } from '../../../src/layout/world';
import { indexOf } from '../../../src/layout/worldIndex';
import { Selection } from '../../../src/session/selection.svelte';
import type { HostSummary, Moment } from '../../../src/session/protocol';
import type { Brush } from '../../../src/stage/crowd/brush';
import Crowd from '../../../src/stage/crowd/Crowd.svelte';
import { struckAt } from '../../../src/stage/crowd/hits';
import { paint } from '../../../src/stage/crowd/paint';
import { spotOf } from '../../../src/stage/crowd/paintFrames';
import { detailOf, type Scene } from '../../../src/stage/crowd/scene';
import { flightsOnAll, inAll, ringsOf, stateOf } from '../../../src/stage/crowd/sights';
import { NO_SIGNS } from '../../../src/stage/signs';
import { cable, client, flight, moment, server } from '../fixtures/moment';

const names = (pairs: number): string[] =>
  Array.from({ length: pairs }, (_, pair) => [`a${pair}`, `b${pair}`]).flat();

/** So many pairs, each on a cable of its own; one frame is under way on the first. */
function pairsOf(count: number): Moment {
  const hosts = names(count).map((name, i): HostSummary => {
    const title = `Computer ${name}`;
    return i % 2 === 0 ? { ...client, name, title } : { ...server, name, title };
  });
  const cables = Array.from({ length: count }, (_, pair) => {
    const ends = [`a${pair}`, `b${pair}`] as const;
    const flights = pair === 0 ? [flight({ from: ends[0], to: ends[1] })] : [];
    return [`c${pair}`, cable({ ends, flights, cut: pair === 1 })] as const;
  });
  return moment({ hosts, cables: Object.fromEntries(cables) });
}

const screenOf = { width: 1000, height: 600 };
const playhead = { shownNs: 12_000, phase: 1 };

function sightOf(count: number) {
  const now = pairsOf(count);
  const joined = Object.entries(now.cables).map(([name, { ends }]) => ({ name, ends }));
  const layout = worldLayout(names(count), joined, 1.6);
  const looking = fitting(layout, screenOf);
  return { now, layout, looking, index: indexOf(layout), flights: flightsOnAll(now, playhead) };
}

const COLOURS = {
  ...{ paper: 'paper', surface: 'surface', line: 'line', trace: 'trace', ink: 'ink' },
  ...{ soft: 'soft', accent: 'accent', works: 'works', frame: 'frame', bad: 'bad', warn: 'warn' },
  font: 'sans-serif',
};

/** What a canvas was told to draw: kinds of strokes with their colours, texts as they are. */
function recorder(): { brush: Brush; drawn: string[] } {
  const drawn: string[] = [];
  const state: Record<string, unknown> = {};
  let shapes = 0;
  const deeds: Record<string, (...given: unknown[]) => unknown> = {
    beginPath: () => (shapes = 0),
    rect: () => (shapes += 1),
    moveTo: () => (shapes += 1),
    arc: () => undefined,
    lineTo: () => undefined,
    fill: () => shapes > 0 && drawn.push(`fill ${String(state['fillStyle'])} ${shapes}`),
    stroke: () => shapes > 0 && drawn.push(`stroke ${String(state['strokeStyle'])} ${shapes}`),
    fillText: (text) => drawn.push(`text ${String(text)}`),
    measureText: (text) => ({ width: String(text).length * 6 }),
  };
  const brush = new Proxy(state, {
    get: (_, name) => deeds[String(name)] ?? state[String(name)] ?? ((): void => undefined),
  });
  return { brush: brush as unknown as Brush, drawn };
}

function sceneOf(count: number, over: Partial<Scene> = {}): Scene {
  const { now, layout, looking, flights } = sightOf(count);
  return {
    ...{ layout, looking, flights, ...screenOf, still: false, colours: COLOURS, cards: false },
    states: now.hosts.map(stateOf),
    titles: now.hosts.map(({ title }) => title),
    cables: now.cables,
    rings: ringsOf(NO_SIGNS, null),
    ...over,
  };
}

const painted = (scene: Scene): string[] => {
  const { brush, drawn } = recorder();
  paint(brush, scene, 1);
  return drawn;
};

describe('what a press on the painting hits', () => {
  test('the middle of each computer is that computer, however many there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), (count, pick) => {
        const { layout, looking, index, flights } = sightOf(count);
        const host = layout.hosts[pick % layout.hosts.length]!;
        const at = seenAt(looking, host.at);
        const middle = { x: at.x + at.width / 2, y: at.y + at.height / 2 };
        const hit = struckAt({ index, looking, flights, still: false }, middle);
        expect(hit).toEqual({ kind: 'host', name: host.name });
        // There and back is the same place.
        const drawn = drawnAt(looking, middle);
        expect(drawn.x).toBeCloseTo(host.at.x + HOST.width / 2, 6);
      }),
      { numRuns: 60 },
    );
  });

  test.each([3, 20])('of %i pairs, a frame is hit where it is painted', (count) => {
    const { layout, looking, index, flights } = sightOf(count);
    const span = layout.cables[0]!;
    const [from, to] = [span.from, span.to].map(({ x, y }) => ({
      x: (x - looking.x) * looking.k,
      y: (y - looking.y) * looking.k,
    }));
    const all = flights.get('c0')!;
    const spot = spotOf({ span, from: from!, to: to!, flights: all }, all[0]!, looking.k, false);
    const hit = struckAt({ index, looking, flights, still: false }, spot);
    expect(hit).toMatchObject({ kind: 'frame', cable: 'c0', number: 0 });
  });

  test('where nothing is, nothing is hit', () => {
    const { looking, index, flights } = sightOf(6);
    expect(struckAt({ index, looking, flights, still: false }, { x: -50, y: -50 })).toBeNull();
  });
});

describe('what is painted', () => {
  test('from near, every computer by name and state, every cable and frame', () => {
    const drawn = painted(sceneOf(4));
    expect(detailOf(HOST.width * sceneOf(4).looking.k)).toBe('names');
    expect(drawn.filter((each) => each.startsWith('text Computer')).sort()).toEqual(
      names(4)
        .map((name) => `text Computer ${name}`)
        .sort(),
    );
    expect(drawn).toContain('fill surface 8');
    expect(drawn).toContain('fill works 4');
    expect(drawn).toContain('stroke trace 3');
    expect(drawn).toContain('stroke bad 1');
    expect(drawn).toContain('fill frame 1');
  });

  test('from farther off, squares without names; from very far, how many', () => {
    const squares = painted(sceneOf(120));
    expect(squares.some((each) => each.startsWith('text Computer'))).toBe(false);
    expect(squares).toContain('fill surface 240');
    const groups = painted(sceneOf(12_000, { width: 500, height: 300 }));
    const counts = groups.flatMap((each) => /^text (\d+)/.exec(each)?.[1] ?? []).map(Number);
    expect(counts.length).toBeGreaterThan(1);
  });

  test('what is out of sight is not painted', () => {
    const { layout } = sightOf(120);
    const [first] = layout.hosts;
    const looking = { x: first!.at.x, y: first!.at.y, k: 2 };
    const fills = painted(sceneOf(120, { looking })).find((each) =>
      each.startsWith('fill surface'),
    );
    expect(Number(fills?.split(' ')[2])).toBeLessThan(24);
  });

  test('what is pointed at, differs, is picked or hinted at has its ring', () => {
    const signs = {
      ...{ focus: ['a0.cpu'], marked: new Set(['b0']) },
      ...{ picked: ['a1.nic', 'b1.nic'], hinted: ['a2'] },
    };
    const drawn = painted(sceneOf(4, { rings: ringsOf(signs, 'a3') }));
    const rings = drawn.slice(-5);
    expect(rings).toEqual([
      'stroke warn 1',
      'stroke accent 1',
      'stroke accent 1',
      'stroke accent 2',
      'stroke ink 1',
    ]);
  });
});

describe('computers as buttons', () => {
  // jsdom has no themes.
  beforeEach(() => {
    if (!('matchMedia' in globalThis))
      vi.stubGlobal('matchMedia', () => ({
        addEventListener: vi.fn(),
        removeEventListener: vi.fn(),
      }));
  });
  afterEach(() => void vi.unstubAllGlobals());

  function show(count: number) {
    const selection = new Selection();
    const [onopen, onframe, onenter] = [vi.fn(), vi.fn(), vi.fn()];
    render(Crowd, {
      moment: pairsOf(count),
      ...{ playhead, still: false, opened: null, ...screenOf },
      ...{ selection, onopen, onframe, onenter },
    });
    return { selection, onopen, onframe, onenter, user: userEvent.setup() };
  }

  test('few are cards, each a button; arrows go from one to the next, Enter in', async () => {
    const { user, onenter } = show(4);
    const all = screen.getAllByRole('button', { name: /^Computer / });
    expect(all).toHaveLength(8);
    expect(all.filter((each) => each.getAttribute('tabindex') === '0')).toHaveLength(1);
    screen.getByRole('button', { name: /^Computer a0,/ }).focus();
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toHaveAccessibleName(/^Computer b0,/);
    await user.keyboard('{Enter}');
    expect(onenter).toHaveBeenCalledWith('b0');
  });

  test('of many one is a button, and its cable and the frame on that', async () => {
    const { onframe } = show(200);
    expect(screen.getAllByRole('button', { name: /^Computer / })).toHaveLength(1);
    expect(screen.getByRole('button', { name: /^Cable c0 from Computer a0/ })).toBeVisible();
    await fireEvent.click(screen.getByRole('button', { name: /^Frame 0, ARP, from Computer a0/ }));
    expect(onframe.mock.lastCall?.slice(0, 2)).toEqual(['c0', 0]);
    expect(
      screen.getByRole('group', { name: /^Map of 400 computers and 200 cables/ }),
    ).toBeVisible();
  });

  test('what is picked elsewhere is told of its computers', async () => {
    const { selection } = show(4);
    selection.pick({ id: 'x', at: { timeNs: 1, source: 0, n: 1, micro: 0 }, parts: ['a2.os'] });
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /^Computer a2,.*, picked$/ })).toBeVisible(),
    );
    expect(screen.queryByRole('button', { name: /^Computer b2,.*, picked$/ })).toBeNull();
  });

  test('all of them in a sentence', () => {
    const now = pairsOf(3);
    expect(inAll(now, flightsOnAll(now, playhead))).toBe(
      '6 computers, 3 at work, 3 cables, 1 frame under way, 1 cut',
    );
  });
});
