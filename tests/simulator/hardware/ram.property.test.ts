import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAGE_OCTETS, RAM_BASE } from '../../../simulator/contract/map';
import * as ram from '../../../simulator/hardware/ram';

const PAGES = 4;
const SIZE = PAGES * PAGE_OCTETS;
/** More than the port keeps views of. */
const LARGE = 80 * PAGE_OCTETS;

type Act =
  | { readonly kind: 'store'; readonly at: number; readonly octets: Uint8Array }
  | { readonly kind: 'word'; readonly at: number; readonly value: number }
  | { readonly kind: 'save' }
  | { readonly kind: 'restore'; readonly pick: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('store' as const),
    at: fc.nat(SIZE - 64),
    octets: fc.uint8Array({ maxLength: 64 }),
  }),
  fc.record({ kind: fc.constant('word' as const), at: fc.nat(SIZE - 4), value: fc.nat() }),
  fc.record({ kind: fc.constant('save' as const) }),
  fc.record({ kind: fc.constant('restore' as const), pick: fc.nat() }),
);

test('a snapshot gives back the octets of its moment, whatever was stored since', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
      const memory = ram.create(SIZE);
      const port = ram.portOf(memory);
      const kept: { snapshot: ram.Snapshot; octets: Uint8Array; hashes: unknown }[] = [];
      for (const each of acts) {
        if (each.kind === 'store') port.store(RAM_BASE + each.at, each.octets);
        else if (each.kind === 'word') port.store32(RAM_BASE + each.at, each.value);
        else if (each.kind === 'save')
          kept.push({
            snapshot: ram.save(memory),
            octets: memory.octets.slice(),
            hashes: ram.pageHashes(memory),
          });
        else if (kept.length > 0) {
          const old = kept[each.pick % kept.length];
          if (old === undefined) continue;
          ram.restore(memory, old.snapshot);
          expect(memory.octets).toEqual(old.octets);
          expect(ram.pageHashes(memory)).toEqual(old.hashes);
        }
      }
    }),
  );
});

test('a port reads what is there now, wherever it read before and whatever was stored or restored', () => {
  // Stretches of 2 KiB, of which some share a place for the view of them.
  const place = fc.constantFrom(0, 1, 64, 65, 128).map((stretch) => stretch * 0x800);
  const lengthOctets = fc.constantFrom(0, 60, 64, 3000);
  const turn = fc.record({ at: place, lengthOctets, fill: fc.nat(255), back: fc.boolean() });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
      const memory = ram.create(LARGE);
      const port = ram.portOf(memory);
      const before = ram.save(memory);
      for (const { at, lengthOctets: length, fill, back } of turns) {
        ram.store(memory, RAM_BASE + at, new Uint8Array(64).fill(fill));
        if (back) ram.restore(memory, before);
        const wanted = memory.octets.slice(at, at + length);
        const into = new Uint8Array(length + 2);
        port.loadInto(into, 1, RAM_BASE + at, length);
        expect(port.load(RAM_BASE + at, length)).toEqual(wanted);
        expect(into).toEqual(Uint8Array.of(0, ...wanted, 0));
      }
    }),
  );
});

test('a restore copies only the pages that differ', () => {
  const memory = ram.create(SIZE);
  ram.store(memory, RAM_BASE, Uint8Array.of(1));
  const before = ram.save(memory);
  ram.store(memory, RAM_BASE + 2 * PAGE_OCTETS, Uint8Array.of(2));
  // Behind the owner's back, in a page that did not change: a copy would take it away.
  memory.octets[PAGE_OCTETS] = 7;
  ram.restore(memory, before);
  expect([memory.octets[2 * PAGE_OCTETS], memory.octets[PAGE_OCTETS]]).toEqual([0, 7]);
});

test('a store across a page border marks both pages', () => {
  const memory = ram.create(SIZE);
  ram.portOf(memory).store32(RAM_BASE + PAGE_OCTETS - 2, 0xffff_ffff);
  expect(memory.dirty).toEqual([0, 1]);
});

test.each([
  ['below', RAM_BASE - 1, 1],
  ['above', RAM_BASE + SIZE, 1],
  ['across the end', RAM_BASE + SIZE - 3, 4],
])('what lies %s RAM is not held, and a port refuses it', (_, address, length) => {
  const memory = ram.create(SIZE);
  const port = ram.portOf(memory);
  expect(port.holds(address, length)).toBe(false);
  expect(() => port.load(address, length)).toThrow(/lies in RAM/);
});
