import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as log from '../../../simulator/contract/log';
import * as octets from '../../../simulator/contract/octets';
import * as table from '../../../simulator/contract/table';

type Change = { readonly remove: boolean; readonly key: number; readonly value: number };

const changes = fc.array(fc.record({ remove: fc.boolean(), key: fc.nat(40), value: fc.nat() }), {
  maxLength: 120,
});

const apply = (before: table.Table<number>, { remove, key, value }: Change): table.Table<number> =>
  remove ? table.remove(before, key) : table.set(before, key, value);

test('a table answers as a Map does, in the order of its keys', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const twin = new Map<number, number>();
      let ours: table.Table<number> = null;
      for (const change of list) {
        ours = apply(ours, change);
        if (change.remove) twin.delete(change.key);
        else twin.set(change.key, change.value);
      }
      expect(table.entries(ours)).toEqual([...twin].sort(([a], [b]) => a - b));
      expect(table.count(ours)).toBe(twin.size);
      for (let key = 0; key <= 40; key++) expect(table.get(ours, key)).toBe(twin.get(key));
    }),
  );
});

test('the same entries make the same table, whatever happened on the way', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const ours = list.reduce(apply, null);
      const sorted = table
        .entries(ours)
        .reduce<table.Table<number>>((sum, [key, value]) => table.set(sum, key, value), null);
      expect(ours).toEqual(sorted);
    }),
  );
});

test('a change leaves every older table as it was', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const kept: { table: table.Table<number>; text: string }[] = [];
      let ours: table.Table<number> = null;
      for (const change of list) {
        kept.push({ table: ours, text: JSON.stringify(table.entries(ours)) });
        ours = apply(ours, change);
      }
      for (const old of kept) expect(JSON.stringify(table.entries(old.table))).toBe(old.text);
    }),
  );
});

test('a log holds what was appended, and its older self does not change', () => {
  fc.assert(
    fc.property(fc.nat(2200), fc.nat(2200), (first, more) => {
      let ours: log.Log<number> = log.EMPTY;
      for (let item = 0; item < first; item++) ours = log.append(ours, item);
      const old = ours;
      for (let item = 0; item < more; item++) ours = log.append(ours, -item);
      expect(old.length).toBe(first);
      expect(log.slice(old, 0, first)).toEqual(Array.from({ length: first }, (_, i) => i));
      expect(log.slice(ours, first, first + more)).toEqual(
        Array.from({ length: more }, (_, i) => -i),
      );
      expect(log.at(ours, first + more)).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});

test('a log spans several levels of nodes', () => {
  let ours: log.Log<number> = log.EMPTY;
  for (let item = 0; item < 33_000; item++) ours = log.append(ours, item);
  expect(ours.depth).toBe(3);
  for (const index of [0, 31, 32, 1023, 1024, 1055, 32_767, 32_768, 32_999])
    expect(log.at(ours, index)).toBe(index);
});

test('octets answer as one flat buffer does', () => {
  const chunk = fc.uint8Array({ maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(chunk, fc.nat(20)), { maxLength: 30 }),
      fc.nat(60),
      fc.nat(60),
      (acts, from, to) => {
        let ours = octets.EMPTY;
        let flat: number[] = [];
        for (const act of acts) {
          ours = typeof act === 'number' ? octets.drop(ours, act) : octets.append(ours, act);
          flat = typeof act === 'number' ? flat.slice(act) : [...flat, ...act];
        }
        expect(ours.length).toBe(flat.length);
        expect([...octets.slice(ours, from, to)]).toEqual(flat.slice(from, to));
      },
    ),
  );
});

test('octets that come one by one lie in few chunks, and those of before stay as they were', () => {
  let ours = octets.EMPTY;
  for (let octet = 0; octet < 20_000; octet++)
    ours = octets.append(ours, Uint8Array.of(octet % 256));
  expect(ours.chunks.length).toBeLessThan(60);
  const flat = [...octets.slice(ours, 0, ours.length)];
  expect(flat).toEqual(Array.from({ length: 20_000 }, (_, octet) => octet % 256));
  const old = octets.drop(ours, 19_995);
  const branches = [7, 8].map((octet) => octets.append(old, Uint8Array.of(octet)));
  expect(branches.map((branch) => [...octets.slice(branch, 4, 9)])).toEqual([
    [flat[19_999], 7],
    [flat[19_999], 8],
  ]);
  expect([...octets.slice(old, 0, 9)]).toEqual(flat.slice(19_995));
});
