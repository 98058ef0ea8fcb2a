/**
 * A persistent append-only list: `append` is O(1) amortised and shares everything older. Items lie
 * in leaves of 32; full leaves hang in a tree of 32-way nodes (Bagwell and Rompf, RRB-Trees, 2011,
 * without the relaxation), the open leaf is kept apart.
 */
import type { Plain } from './plain';

const WAYS = 32;

type LogNode<T extends Plain> = readonly (T | LogNode<T>)[];

export type Log<T extends Plain> = {
  readonly length: number;
  /** Levels of nodes above the leaves in `root`. */
  readonly depth: number;
  readonly root: LogNode<T>;
  readonly tail: readonly T[];
};

export const EMPTY: Log<never> = { length: 0, depth: 0, root: [], tail: [] };

const span = (depth: number): number => {
  let items = WAYS;
  for (let level = 0; level < depth; level++) items *= WAYS;
  return items;
};

function push<T extends Plain>(
  root: LogNode<T>,
  depth: number,
  index: number,
  leaf: LogNode<T>,
): LogNode<T> {
  if (depth === 1) return [...root, leaf];
  const slot = Math.floor(index / span(depth - 1));
  const child = (root[slot] as LogNode<T> | undefined) ?? [];
  const rest: LogNode<T> = push<T>(child, depth - 1, index % span(depth - 1), leaf);
  return [...root.slice(0, slot), rest];
}

export function append<T extends Plain>(log: Log<T>, item: T): Log<T> {
  const { length, root, tail } = log;
  if (tail.length < WAYS) return { ...log, length: length + 1, tail: [...tail, item] };
  const stored = length - WAYS;
  const full = stored === span(log.depth) || log.depth === 0;
  const depth = full ? log.depth + 1 : log.depth;
  const above = full && log.depth > 0 ? [root] : root;
  return { length: length + 1, depth, root: push<T>(above, depth, stored, tail), tail: [item] };
}

/** Undefined outside 0..length-1. */
export function at<T extends Plain>(log: Log<T>, index: number): T | undefined {
  if (index < 0 || index >= log.length) return undefined;
  const stored = log.length - log.tail.length;
  if (index >= stored) return log.tail[index - stored];
  let node = log.root;
  let rest = index;
  for (let depth = log.depth; depth > 0; depth--) {
    const below = span(depth - 1);
    node = node[Math.floor(rest / below)] as LogNode<T>;
    rest %= below;
  }
  return node[rest] as T;
}

/** Items `from` to before `to`, oldest first. */
export function slice<T extends Plain>(log: Log<T>, from: number, to: number): T[] {
  const list: T[] = [];
  const end = Math.min(to, log.length);
  for (let index = Math.max(0, from); index < end; index++) list.push(at(log, index) as T);
  return list;
}
