import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { laneOf, lanesOf, type LanesBy, type Wiring } from '../../../src/layout/lanes';

const pair: Wiring = {
  hosts: [
    { name: 'client', title: 'Computer A' },
    { name: 'server', title: 'Computer B' },
  ],
  cables: [{ name: 'cable', ends: ['client', 'server'] }],
};

const many = (count: number): Wiring => ({
  hosts: Array.from({ length: count }, (_, i) => ({ name: `h${i}`, title: `Computer ${i}` })),
  // Pairs listed apart: h0 with h2, h1 with h3.
  cables: Array.from({ length: count / 2 }, (_, i) => ({
    name: `c${i}`,
    ends: [`h${i}`, `h${i + count / 2}`] as const,
  })),
});

const isCable = (name: string): boolean => name === 'cable';
const titles = (wiring: Wiring, by: LanesBy, parts: readonly string[] = []): string[] =>
  lanesOf(wiring, by, parts).map(({ title }) => title);

describe('lanes', () => {
  test('by hosts: a cable lies between the two that it joins', () => {
    expect(titles(pair, 'hosts')).toEqual(['Computer A', 'Cable', 'Computer B']);
    expect(lanesOf(many(4), 'hosts', []).map(({ id }) => id)).toEqual([
      'h0',
      'c0',
      'h2',
      'h1',
      'c1',
      'h3',
    ]);
  });

  test('by layers: down to the wire and up again', () => {
    expect(titles(pair, 'layers')).toEqual([
      ...['application', 'transport', 'internet', 'link'],
      'Cable',
      ...['link', 'internet', 'transport', 'application'],
    ]);
  });

  test('by parts: those at which anything happens, from the program to the jack and back', () => {
    const parts = [
      'client',
      'client.process',
      'client.nic',
      'client.os',
      'client.process.1',
      'server.os',
      'cable',
    ];
    const lanes = lanesOf(pair, 'parts', [...parts, 'server.nic', 'server.cpu.registers']);
    expect(lanes.map(({ ownerTitle, title }) => `${ownerTitle}: ${title}`)).toEqual([
      ...['Computer A: process 1', 'Computer A: kernel', 'Computer A: NIC', 'Cable: Cable'],
      ...['Computer B: NIC', 'Computer B: CPU', 'Computer B: kernel'],
    ]);
  });

  test('around what somebody wants to see, with whom it talks', () => {
    const ids = (only: readonly string[]): string[] =>
      lanesOf(many(6), 'hosts', [], only).map(({ id }) => id);
    expect(ids(['h1.nic'])).toEqual(['h1', 'c1', 'h4']);
    expect(ids(['c2'])).toEqual(['h2', 'c2', 'h5']);
  });

  test('hosts behind a host in the middle follow it', () => {
    const star: Wiring = {
      hosts: ['a', 'hub', 'b'].map((name) => ({ name, title: name })),
      cables: [
        { name: 'one', ends: ['a', 'hub'] },
        { name: 'two', ends: ['b', 'hub'] },
      ],
    };
    expect(lanesOf(star, 'hosts', []).map(({ id }) => id)).toEqual(['a', 'one', 'hub', 'two', 'b']);
  });
});

test.each<[string, string, LanesBy, string]>([
  ['called', 'client.os', 'hosts', 'client'],
  ['called', 'client.os', 'layers', 'client/application'],
  ['call', 'client.process.1', 'layers', 'client/application'],
  ['tcp', 'client.os', 'layers', 'client/transport'],
  ['arp', 'server.os', 'layers', 'server/internet'],
  ['sent', 'server.os', 'layers', 'server/link'],
  ['frame', 'client.nic', 'layers', 'client/link'],
  ['dma', 'client.ram', 'layers', 'client/link'],
  ['interrupt', 'client.nic', 'layers', 'client/link'],
  ['interrupt', 'client.timer', 'layers', 'client/application'],
  ['lost', 'cable', 'layers', 'cable'],
  ['what no table knows', 'client.os', 'layers', 'client/application'],
  ['call', 'client.process.12', 'parts', 'client.process.12'],
  ['address', 'client.cpu.registers', 'parts', 'client.cpu'],
  ['arrived', 'cable', 'parts', 'cable'],
  ['type', 'client', 'parts', 'client'],
])('%s at %s is by %s on %s', (kind, path, by, lane) => {
  expect(laneOf(by, { kind, path }, isCable)).toBe(lane);
});

test('whatever happens at a host or a cable has its lane among the lanes', () => {
  const name = fc.constantFrom('client', 'server');
  const part = fc.constantFrom('os', 'nic', 'process.1', 'cpu.alu', 'console', 'something');
  const path = fc.oneof(
    fc.constant('cable'),
    fc.tuple(name, part).map((each) => each.join('.')),
  );
  const kind = fc.constantFrom('called', 'tcp', 'arp', 'frame', 'interrupt', 'lost', 'new');
  fc.assert(
    fc.property(path, kind, fc.constantFrom<LanesBy>('hosts', 'layers', 'parts'), (at, of, by) => {
      const ids = lanesOf(pair, by, [at]).map(({ id }) => id);
      expect(ids).toContain(laneOf(by, { kind: of, path: at }, isCable));
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
