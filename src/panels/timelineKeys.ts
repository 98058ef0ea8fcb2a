/** The keyboard on the timeline's drawing: along what happened, nearer and farther. */
import { neighbour, type Item } from '../layout/timelineScene';
import type { Happening } from '../session/happenings';
import type { TimelineState } from './timelineState.svelte';

const NEARER = 0.5;
const PAGE = 0.8;
const STEP = 0.25;
/** Where what has the focus stands when the drawing goes on behind it. */
const KEPT = 0.1;

type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const ARROWS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
const isArrow = (key: string): key is Arrow => ARROWS.includes(key);

export type Keyboard = {
  readonly timeline: TimelineState;
  readonly items: readonly Item<Happening>[];
  /** Id of what has the focus; null when the drawing itself has it. */
  readonly current: string | null;
  readonly focus: (item: Item<Happening>) => void;
  readonly unpick: () => void;
};

function along({ timeline, items, current, focus }: Keyboard, key: Arrow): void {
  const from = items.findIndex(({ seen }) => seen.id === current);
  const item = items[from];
  const aside = key === 'ArrowLeft' || key === 'ArrowRight';
  const forward = key === 'ArrowRight';
  if (item === undefined) {
    if (aside) timeline.pan(forward ? STEP : -STEP);
    return;
  }
  const next = items[neighbour(items, from, key) ?? -1];
  if (next !== undefined) focus(next);
  else if (aside && !timeline.whole) timeline.centre(item.seen.departNs, forward ? KEPT : 1 - KEPT);
}

function edge({ items, current, focus }: Keyboard, last: boolean): void {
  const row = items.find(({ seen }) => seen.id === current)?.row;
  const own = items.filter((item) => item.row === row);
  const item = last ? own.at(-1) : own[0];
  if (item !== undefined) focus(item);
}

/** False when the key means nothing here. */
export function pressed(keyboard: Keyboard, key: string): boolean {
  const { timeline, items, current } = keyboard;
  if (isArrow(key)) {
    along(keyboard, key);
    return true;
  }
  const picked = items.find(({ seen }) => seen.id === current);
  const deeds: Readonly<Record<string, () => void>> = {
    Enter: () => picked && timeline.pick(picked.seen),
    ' ': () => picked && timeline.pick(picked.seen),
    Home: () => edge(keyboard, false),
    End: () => edge(keyboard, true),
    '+': () => timeline.zoom(NEARER, picked?.seen.departNs),
    '=': () => timeline.zoom(NEARER, picked?.seen.departNs),
    '-': () => timeline.zoom(1 / NEARER, picked?.seen.departNs),
    '0': () => timeline.all(),
    PageUp: () => timeline.pan(-PAGE),
    PageDown: () => timeline.pan(PAGE),
    Escape: () => keyboard.unpick(),
  };
  const deed = deeds[key];
  if (deed === undefined) return false;
  deed();
  return true;
}

/** What led to `id`, the first of it first, and itself: as far as it is on the drawing. */
export function chainOf(items: readonly Item<Happening>[], id: string | null): Item<Happening>[] {
  const byId = new Map(items.map((item) => [item.seen.id, item]));
  const chain: Item<Happening>[] = [];
  for (let at = id; at !== null;) {
    const item = byId.get(at);
    if (item === undefined || chain.includes(item)) break;
    chain.unshift(item);
    at = item.seen.cause;
  }
  return chain;
}
