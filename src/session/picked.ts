/** What lines of the log, drawings of the timeline and frames on a cable become when they are picked. */
import { parse } from '../../simulator';
import type { Happening } from './happenings';
import type { HistoryLine } from './protocol';
import type { Picked } from './selection.svelte';

const once = (from: string, to: string): readonly string[] => (from === to ? [from] : [from, to]);

export const pickedLine = ({ id, at, part, to }: HistoryLine): Picked => ({
  id,
  at,
  parts: once(part, to),
});

export const pickedHappening = ({ id, at, from, to }: Happening): Picked => ({
  id,
  at,
  parts: once(from, to),
});

/** A frame by the id of its move; `from` and `to` are hosts. Null when it has none. */
export function pickedFrame(frame: {
  readonly id: string | null;
  readonly from: string;
  readonly to: string;
}): Picked | null {
  const at = parse(/^(.+)\.[cf]\d+$/.exec(frame.id ?? '')?.[1] ?? '');
  if (frame.id === null || at === null) return null;
  return { id: frame.id, at, parts: [`${frame.from}.nic`, `${frame.to}.nic`] };
}
