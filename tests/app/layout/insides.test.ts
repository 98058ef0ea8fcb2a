import { describe, expect, test } from 'vitest';
import { SIGNALS, TRANSITIONS } from '../../../simulator';
import { contains, fitTo, seenIn, whole } from '../../../src/layout/camera';
import { partIn, wordLine } from '../../../src/layout/datapath';
import {
  heartOf,
  insideBox,
  INSIDES,
  insidesIn,
  readableFrom,
  type Inside,
} from '../../../src/layout/insides';
import { mapBoxes } from '../../../src/layout/map';
import { grown, placesOf } from '../../../src/layout/places';
import { stateChart } from '../../../src/layout/stateChart';

const HOSTS = [{ name: 'client', deep: true }];

describe.each([
  ['desktop', 1300, 560],
  ['a narrow stage', 884, 492],
  ['phone', 390, 860],
])('on a %s', (_, width, height) => {
  const map = mapBoxes(width, height);
  const places = placesOf(map, HOSTS, ['cable']);
  const parts = Object.keys(INSIDES) as Inside[];

  test('nothing that cannot be read is drawn while the whole is seen', () => {
    expect([...insidesIn(places, whole(map), 1)]).toEqual([]);
  });

  test.each(parts)('the inside of the %s lies within it, in its own proportions', (part) => {
    const at = places[`client.${part}`]!;
    const inside = insideBox(at, part);
    expect(contains(grown(at, 1e-9), inside)).toBe(true);
    expect(inside.width / inside.height).toBeCloseTo(INSIDES[part].width / INSIDES[part].height, 6);
  });

  test.each(parts)('who goes to the %s reads what is inside it', (part) => {
    const path = `client.${part}`;
    const at = places[path]!;
    const to = fitTo(heartOf(path, at), map, whole(map), readableFrom(path, at));
    const open = insidesIn(places, seenIn(to, map), to.k);
    expect(open).toContain(path);
    expect(insidesIn(places, seenIn(to, map), readableFrom(path, at) * 0.98)).not.toContain(path);
  });
});

test('what is out of sight is not drawn from near', () => {
  const map = mapBoxes(1300, 560);
  const places = placesOf(map, HOSTS, []);
  const { x, y, width, height } = places['client.nic']!;
  expect([...insidesIn(places, { x, y, width, height }, 12)]).toEqual(['client.nic']);
});

describe('a word through a datapath that is drawn elsewhere', () => {
  const at = { x: 100, y: 200, width: 212, height: 150 };
  const bus = [
    { x: 150, y: 180 },
    { x: 150, y: 100 },
  ];

  test('starts and ends at the parts there', () => {
    const line = wordLine(at, 'x5', 'a', bus);
    const [registers, a] = [partIn('registers', at), partIn('a', at)];
    expect(line[0]!.x).toBeCloseTo(registers.x + registers.width);
    expect(line.at(-1)!.x).toBeCloseTo(a.x);
  });

  test('goes out over the bus, and comes in over it', () => {
    const out = wordLine(at, 'pc', 'bus.address', bus);
    expect(out.at(-1)).toEqual(bus.at(-1));
    expect(contains(at, { ...out[0]!, width: 0, height: 0 })).toBe(true);
    const into = wordLine(at, 'bus.data', 'ir', bus);
    expect(into[0]).toEqual(bus.at(-1));
  });

  test('is none where there is no wire', () => {
    expect(wordLine(at, 'a', 'pc', bus)).toEqual([]);
  });
});

describe('the chart of the control unit', () => {
  const names = SIGNALS.map(({ state }) => state);
  const { nodes, edges } = stateChart(names, TRANSITIONS, 'done', INSIDES.control);

  test('has every state once and every way', () => {
    expect(nodes.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
    expect(edges).toHaveLength(TRANSITIONS.length);
  });

  test('draws no state upon another, and none outside', () => {
    for (const [i, { at: a }] of nodes.entries()) {
      expect(contains({ x: 0, y: 0, ...INSIDES.control }, a)).toBe(true);
      for (const { at: b } of nodes.slice(i + 1)) {
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x;
        expect(apart || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
      }
    }
  });

  test('goes from left to right, but for faults', () => {
    const x = Object.fromEntries(nodes.map(({ name, at }) => [name, at.x]));
    expect(x['fetch']).toBe(Math.min(...Object.values(x)));
    expect(x['done']).toBe(Math.max(...Object.values(x)));
    for (const { from, on, to } of TRANSITIONS) {
      if (on === 'fault' || ['save', 'stack'].includes(from)) continue;
      expect(x[to]).toBeGreaterThan(x[from]!);
    }
  });
});
