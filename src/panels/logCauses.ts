/** Along the chain of causes: from something that happened to what led to it, and to what came of it. */
import { parse } from '../../simulator';
import type { Filter, Happening } from '../session/happenings';
import type { Ask } from './logBook.svelte';

const ALL: Filter = { kinds: null, parts: null };
const MOST = 2_000;
/** The first stretch behind it that is looked through; each next one is so many times as long. */
const FIRST_NS = 20_000;
const WIDER = 8;
/** So many consequences are told. */
const MOST_TOLD = 6;

async function within(
  ask: Ask,
  fromNs: number,
  toNs: number,
  fine: boolean,
): Promise<readonly Happening[] | null> {
  const span = { fromNs, toNs, filter: ALL, columns: 1, most: MOST, fine };
  const reply = await ask({ kind: 'window', ...span, view: 'causes' });
  return reply?.kind === 'window' ? reply.window.each : null;
}

/** What has that id in this run; null when there is nothing, or it is what somebody did. */
export async function happeningWith(ask: Ask, id: string): Promise<Happening | null> {
  const [, position = '', grain = ''] = /^(.+)\.([cf])\d+$/.exec(id) ?? [];
  const at = parse(position);
  if (at === null) return null;
  const all = await within(ask, at.timeNs, at.timeNs, grain === 'f');
  return all?.find((happening) => happening.id === id) ?? null;
}

/**
 * What it led to directly, the earliest first, looked for farther and farther behind it; null when
 * too much happens there to look through.
 */
export async function consequencesOf(
  ask: Ask,
  cause: Pick<Happening, 'id' | 'at'>,
  endsAtNs: number,
): Promise<readonly Happening[] | null> {
  const fromNs = cause.at.timeNs;
  for (let spanNs = FIRST_NS; ; spanNs *= WIDER) {
    const all = await within(ask, fromNs, fromNs + spanNs, false);
    if (all === null) return null;
    const found = all.filter((happening) => happening.cause === cause.id);
    if (found.length > 0) return found.slice(0, MOST_TOLD);
    if (fromNs + spanNs > endsAtNs) return [];
  }
}
