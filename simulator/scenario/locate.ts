/**
 * Where the chapters of a scenario stop in a run. Whoever runs it tells of everything coarse once
 * ({@link take}); what that leaves open (which of the things that fit lies behind the stop before,
 * and what lies inside the parts) is found out on the run's scout ({@link resolve}).
 */
import { compare, endOf, START, type Position } from '../contract/position';
import type { Nanos } from '../contract/time';
import { create as createRun, runTo, type Run } from '../history/run';
import type { Input } from '../world/input';
import type { Matcher, Stop } from './format';
import { goToLast, justBefore, look } from './look';
import { fits, isMove, type Seen } from './matcher';
import type { Scenario } from './scenario';

/** Something that fits. */
type Hit = { readonly at: Position; readonly departNs: Nanos; readonly arriveNs: Nanos };

type Row = {
  readonly id: string;
  readonly stop: Stop;
  /** Index of the row behind whose stop it lies; -1 is the start, null nowhere. */
  readonly after: number | null;
  /** What fits and may lie behind that stop. */
  readonly hits: Hit[];
  /** How many of them surely do. */
  behind: number;
  /** By when it stops at the latest; null while that is not known. */
  latestNs: Nanos | null;
  /** Its coarse match, and where it stops: null until it was {@link resolve}d. */
  anchor: Hit | null;
  located: Located | null;
};

/** Its own: {@link take} and {@link resolve} write to it. */
export type Locator = { readonly rows: readonly Row[] };

/** Where a chapter stops; `at` null: it does not come in this run. */
export type Located =
  | { readonly id: string; readonly at: Position; readonly timeNs: Nanos }
  | { readonly id: string; readonly at: null };

type Story = Pick<Scenario, 'chapters'>;

/** How far behind its coarse match a fine one is looked for. */
const WITHIN_NS = 100_000;
/** Micro-steps and events of one such look: some ten times what 100 µs have. */
const MOST_STEPS = 500_000;
const MOST_EVENTS = 200_000;

export function create({ chapters }: Story): Locator {
  const rows = chapters.map(({ id, stop }, index): Row => {
    const named = typeof stop === 'string' ? undefined : stop.after;
    const place = named === undefined ? index - 1 : chapters.findIndex((each) => each.id === named);
    const isEarlier = named === undefined || (place >= 0 && place < index);
    const latestNs = stop === 'start' ? START.timeNs : null;
    const open = { hits: [], behind: 0, latestNs, anchor: null, located: null };
    return { id, stop, after: isEarlier ? place : null, ...open };
  });
  return { rows };
}

/** By when the stop before lies at the latest; null while it may lie later than now. */
function dueNs({ rows }: Locator, { after }: Row): Nanos | null {
  if (after === null) return null;
  return after < 0 ? START.timeNs : ((rows[after] as Row).latestNs ?? null);
}

/** Can anything that comes now lie behind the stop before? */
function mayCome({ rows }: Locator, { after }: Row): boolean {
  if (after === null || after < 0) return after !== null;
  const { stop, hits } = rows[after] as Row;
  return typeof stop === 'string' ? stop === 'start' : hits.length >= (stop.nth ?? 1);
}

const hitOf = (seen: Seen): Hit => {
  const { at } = seen;
  const [departNs, arriveNs] = isMove(seen)
    ? [seen.departNs, seen.arriveNs]
    : [at.timeNs, at.timeNs];
  return { at, departNs, arriveNs };
};

/** One coarse thing of the run, in order. */
export function take(locator: Locator, seen: Seen): void {
  for (const row of locator.rows) {
    const { stop } = row;
    if (row.latestNs !== null || typeof stop === 'string') continue;
    if (!mayCome(locator, row) || !fits(stop.coarse, seen)) continue;
    row.hits.push(hitOf(seen));
    const behindNs = dueNs(locator, row);
    if (behindNs === null || seen.at.timeNs <= behindNs) continue;
    row.behind += 1;
    if (row.behind >= (stop.nth ?? 1)) row.latestNs = latestOf(row, stop);
  }
}

function latestOf({ hits }: Row, { then, withinNs = WITHIN_NS }: Matcher): Nanos {
  const latestNs = hits.reduce(
    (latest, { at, arriveNs }) => Math.max(latest, at.timeNs, arriveNs),
    START.timeNs,
  );
  return latestNs + (then === undefined ? 0 : withinNs);
}

/** Was everything seen that where they stop depends on? */
export const isComplete = ({ rows }: Locator): boolean =>
  rows.every(({ latestNs, stop }) => latestNs !== null || stop === 'end');

/**
 * Where that chapter stops in `run`, after the whole run (or what it took until
 * {@link isComplete}) was {@link take}n.
 */
export function resolve(run: Run, locator: Locator, index: number, endsAtNs: Nanos): Located {
  const row = locator.rows[index] as Row;
  row.located ??= { id: row.id, ...(standOf(run, locator, row, endsAtNs) ?? { at: null }) };
  return row.located;
}

type Stand = { readonly at: Position; readonly timeNs: Nanos };

function standOf(run: Run, locator: Locator, row: Row, endsAtNs: Nanos): Stand | null {
  const { stop, hits } = row;
  if (stop === 'start') return { at: START, timeNs: START.timeNs };
  if (stop === 'end') return { at: endOf(endsAtNs), timeNs: endsAtNs };
  const behind = stopBefore(run, locator, row, endsAtNs);
  if (behind === null) return null;
  const later = hits.filter(({ at }) => compare(at, behind) > 0);
  row.anchor = later[(stop.nth ?? 1) - 1] ?? null;
  if (row.anchor === null) return null;
  return stop.then === undefined ? coarsely(run, stop, row.anchor) : finely(run, stop, row.anchor);
}

/**
 * The stop behind which a row lies. Where something fine did not come, what comes next is looked
 * for behind its coarse match. Null when there was none: what follows does not come either.
 */
function stopBefore(run: Run, locator: Locator, { after }: Row, endsAtNs: Nanos): Position | null {
  if (after === null || after < 0) return after === null ? null : START;
  const { at } = resolve(run, locator, after, endsAtNs);
  return at ?? locator.rows[after]?.anchor?.at ?? null;
}

type Found = Exclude<Stop, string>;

function coarsely(run: Run, { stand }: Found, hit: Hit): Stand {
  if (stand === 'halfway') return halfway(run, hit);
  if (stand !== 'before') return { at: hit.at, timeNs: hit.at.timeNs };
  goToLast(run, justBefore(hit.at));
  return standAt(run.scout.at);
}

const standAt = (at: Position): Stand => ({ at, timeNs: at.timeNs });

/** The last thing before half of its way is the position; the time goes on from there. */
function halfway(run: Run, { at, departNs, arriveNs }: Hit): Stand {
  const timeNs = Math.max(at.timeNs, Math.floor((departNs + arriveNs) / 2));
  goToLast(run, endOf(timeNs));
  return { at: run.scout.at, timeNs };
}

/** From where the coarse match was made on: what else came of it at that position counts, too. */
function finely(run: Run, stop: Found, anchor: Hit): Stand | null {
  const { coarse, then, thenNth = 1, withinNs = WITHIN_NS } = stop;
  if (then === undefined) return null;
  let isBehind = false;
  let fitted = 0;
  let before: Position = START;
  const takeFine = (seen: Seen, was: Position): boolean => {
    if (isBehind && fits(then, seen)) fitted += 1;
    isBehind ||= compare(seen.at, anchor.at) === 0 && fits(coarse, seen);
    before = was;
    return fitted === thenNth;
  };
  goToLast(run, justBefore(anchor.at));
  const until = endOf(anchor.at.timeNs + withinNs);
  if (look(run, { until, fine: true, take: takeFine }, MOST_STEPS) !== 'found') return null;
  return standAt(stop.stand === 'before' ? before : run.scout.at);
}

/** All of them, of a run with these inputs; for whoever need not do it in pieces. */
export function locateAll(
  scenario: Scenario,
  inputs: readonly Input[] = [],
  mostEvents = MOST_EVENTS,
): readonly Located[] {
  const locator = create(scenario);
  const run = createRun(scenario.world, inputs);
  const until = endOf(scenario.endsAtNs);
  const told = (seen: Seen): void => {
    take(locator, seen);
  };
  run.world.see.sink = { fine: false, move: told, note: told };
  for (let done = 0; done < mostEvents && !isComplete(locator); done++)
    if (runTo(run, until, 1)) break;
  run.world.see.sink = null;
  return locator.rows.map((_, index) => resolve(run, locator, index, scenario.endsAtNs));
}

/** Chapters that stop before one that they follow: in an authored run, their author's mistake. */
export function backwards(located: readonly Located[]): readonly string[] {
  const reached = located.filter((each) => each.at !== null);
  return reached.flatMap((each, index) => {
    const before = reached[index - 1];
    if (before === undefined) return [];
    const later = compare(each.at, before.at) || each.timeNs - before.timeNs;
    return later < 0 ? [each.id] : [];
  });
}
