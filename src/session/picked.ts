/** What lines of the log and drawings of the timeline become when they are picked. */
import type { Happening } from './happenings';
import type { HistoryLine } from './protocol';
import type { Picked } from './selection.svelte';

const once = (from: string, to: string): readonly string[] => (from === to ? [from] : [from, to]);

export const pickedLine = ({ id, at, part, to, cause }: HistoryLine): Picked => ({
  id,
  at,
  parts: once(part, to),
  cause,
});

export const pickedHappening = ({ id, at, from, to, cause }: Happening): Picked => ({
  id,
  at,
  parts: once(from, to),
  cause,
});
