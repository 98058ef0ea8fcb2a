/** Asks the engine for what is inside the parts, only while that is in view. */
import { deviceAt, RAM_BASE, type Move, type Query } from '../../simulator';
import { SHOWN_OCTETS, placeOf, queryOf } from '../panels/parts';
import { isInside, valueOf } from '../session/inside';
import type { Moment } from '../session/protocol';
import { questionOf, type Asker, type Near } from './asker';

/** Octets before what was touched. */
const BEFORE = 32;

/** The address that a move reads or writes in memory; null when it touches none. */
function touchedBy(move: Move): number | null {
  if (move.kind === 'dma') return (move.what as { readonly address?: number }).address ?? null;
  if (!isInside(move) || move.kind !== 'address') return null;
  const address = valueOf(move);
  return deviceAt(address) === 'ram' ? address : null;
}

function touchedIn(moves: readonly Move[], host: string): number | null {
  for (const move of moves.toReversed()) {
    const at = move.from.startsWith(`${host}.`) ? touchedBy(move) : null;
    if (at !== null) return at;
  }
  return null;
}

/** The octets on show begin here; it stays while what is touched is among them. */
function windowAt(touched: number, before: number | undefined): number {
  if (before !== undefined && touched >= before && touched < before + SHOWN_OCTETS - 8)
    return before;
  return Math.max(RAM_BASE, touched - (touched % 8) - BEFORE);
}

/** To be called while a component is made. */
export function askWhileReadable(
  asker: () => Asker | null,
  moment: () => Moment,
  near: Near,
): void {
  let windows = $state.raw<Readonly<Record<string, number>>>({});

  $effect(() => {
    const { moves, hosts } = moment();
    for (const { name } of hosts) {
      const at = touchedIn(moves, name);
      if (at === null || near.touched[name] === at) continue;
      near.touched = { ...near.touched, [name]: at };
      const from = windowAt(at, windows[name]);
      if (windows[name] !== from) windows = { ...windows, [name]: from };
    }
  });

  const wanted = $derived.by(() => {
    const hosts = moment().hosts.map(({ name }) => name);
    const asked: Record<string, Query> = {};
    for (const path of near.readable) {
      const place = placeOf(path, hosts, []);
      if (place !== null)
        asked[questionOf(path)] = queryOf(place, windows[place.owner] ?? RAM_BASE);
    }
    return JSON.stringify(asked);
  });
  $effect(() => {
    const ask = asker();
    const asked = Object.entries(JSON.parse(wanted) as Record<string, Query>);
    for (const [key, query] of asked) ask?.watch(key, query);
    return () => {
      for (const [key] of asked) ask?.unwatch(key);
    };
  });
}
