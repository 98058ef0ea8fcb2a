/**
 * A persistent ordered map: `set` and `remove` answer a new table and share the rest with the old.
 * It is a treap (Seidel and Aragon, Randomized Search Trees, 1996) whose priorities are a hash of
 * the key, so the same keys always make the same tree: two tables with the same entries are the
 * same plain data, whatever happened on the way. All operations are O(log n).
 */
import type { Plain } from './plain';

export type Key = number | string;

export type TableNode<V extends Plain> = {
  readonly key: Key;
  readonly value: V;
  readonly priority: number;
  readonly size: number;
  readonly left: TableNode<V> | null;
  readonly right: TableNode<V> | null;
};

/** Keys of one table are all numbers or all strings. */
export type Table<V extends Plain> = TableNode<V> | null;

/** Fowler-Noll-Vo 1a over the key's UTF-16 units, then a final mix: only spreads, never secures. */
function priorityOf(key: Key): number {
  const text = typeof key === 'number' ? String(key) : key;
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum + text.charCodeAt(i), 0x01000193);
  return Math.imul(sum + Math.floor(sum / 0x1_0000), 0x85ebca6b);
}

const sizeOf = <V extends Plain>(table: Table<V>): number => (table === null ? 0 : table.size);

function node<V extends Plain>(
  like: TableNode<V>,
  left: Table<V>,
  right: Table<V>,
  value: V = like.value,
): TableNode<V> {
  const { key, priority } = like;
  return { key, value, priority, size: sizeOf(left) + sizeOf(right) + 1, left, right };
}

/** Ties of priority fall back to the key, so that the shape stays a function of the keys. */
function above<V extends Plain>(a: TableNode<V>, b: TableNode<V>): boolean {
  return a.priority > b.priority || (a.priority === b.priority && a.key < b.key);
}

export function count<V extends Plain>(table: Table<V>): number {
  return sizeOf(table);
}

export function get<V extends Plain>(table: Table<V>, key: Key): V | undefined {
  let at = table;
  while (at !== null) {
    if (key === at.key) return at.value;
    at = key < at.key ? at.left : at.right;
  }
  return undefined;
}

export function set<V extends Plain>(table: Table<V>, key: Key, value: V): TableNode<V> {
  if (table === null)
    return { key, value, priority: priorityOf(key), size: 1, left: null, right: null };
  if (key === table.key) return node(table, table.left, table.right, value);
  if (key < table.key) {
    const left = set(table.left, key, value);
    if (!above(left, table)) return node(table, left, table.right);
    return node(left, left.left, node(table, left.right, table.right));
  }
  const right = set(table.right, key, value);
  if (!above(right, table)) return node(table, table.left, right);
  return node(right, node(table, table.left, right.left), right.right);
}

function join<V extends Plain>(left: Table<V>, right: Table<V>): Table<V> {
  if (left === null) return right;
  if (right === null) return left;
  return above(left, right)
    ? node(left, left.left, join(left.right, right))
    : node(right, join(left, right.left), right.right);
}

/** The same table when it has no such key. */
export function remove<V extends Plain>(table: Table<V>, key: Key): Table<V> {
  if (table === null) return null;
  if (key === table.key) return join(table.left, table.right);
  if (key < table.key) {
    const left = remove(table.left, key);
    return left === table.left ? table : node(table, left, table.right);
  }
  const right = remove(table.right, key);
  return right === table.right ? table : node(table, table.left, right);
}

/** Calls `visit` for each entry, in the order of the keys. */
export function each<V extends Plain>(table: Table<V>, visit: (value: V, key: Key) => void): void {
  if (table === null) return;
  each(table.left, visit);
  visit(table.value, table.key);
  each(table.right, visit);
}

/** `[key, value]` pairs in the order of the keys. */
export function entries<V extends Plain>(table: Table<V>): [Key, V][] {
  const list: [Key, V][] = [];
  each(table, (value, key) => list.push([key, value]));
  return list;
}

/** Values in the order of their keys. */
export function values<V extends Plain>(table: Table<V>): V[] {
  const list: V[] = [];
  each(table, (value) => list.push(value));
  return list;
}
