/**
 * At every chapter of every scenario: a link leads to the same moment, and whatever is offered to be
 * done or turned there leads to the same hash again, from the start and from a link.
 */
import { describe, expect, test } from 'vitest';
import { hash, type Deed, type Scenario } from '../../simulator';
import { scenarios } from '../../src/catalogue';
import { Engine } from '../../src/session/engine';
import * as link from '../../src/session/link';
import type { Place } from '../../src/session/protocol';
import { deedOf } from '../../src/session/setup';
import { portionOf } from '../scenarios/portion';
import { finished, momentAfter, replyTo } from './scenarios';

const walked = scenarios.map(portionOf);

/** What the scenario offers to do to its first cable and computers, and with its knobs. */
function offered(scenario: Scenario): readonly Deed[] {
  const { world, faults, knobs } = scenario;
  const [cable] = world.cables.map(({ name }) => name);
  const [host] = world.hosts.map(({ name }) => name);
  if (cable === undefined || host === undefined) return [];
  const done = faults.map((kind): Deed => {
    if (kind === 'cut') return { kind, cable };
    if (kind === 'flip') return { kind, host, address: 0x8000_1000, bit: 3 };
    if (kind === 'kill') return { kind, host, process: 1 };
    return { kind: 'fault', cable, fault: kind === 'delay' ? { kind, delayNs: 9_000 } : { kind } };
  });
  const turned = knobs.flatMap(({ name, range }) =>
    range.kind === 'number' ? (deedOf(scenario, name, range.least) ?? []) : [],
  );
  return [...done, ...turned, { kind: 'type', host, octets: new TextEncoder().encode('x\n') }];
}

const placed = async (scenario: Scenario, place: Place): Promise<Place> => {
  const text = await link.emit({ place, room: null, grain: 'event' }, scenario.version);
  expect(text).not.toBeNull();
  expect(text?.length).toBeLessThan(1000);
  const parsed = await link.parse(text ?? '', walked);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.link.place;
};

const hashAt = (scenario: Scenario, place: Place): string => {
  const engine = new Engine(scenario, place.inputs);
  finished(engine.reach(place));
  return hash(engine.world);
};

describe.each(walked.map((scenario) => ({ slug: scenario.slug, scenario })))(
  '$slug',
  ({ scenario }) => {
    test('has a story', () => {
      expect(scenario.chapters.length).toBeGreaterThan(3);
    });

    test.each(scenario.chapters.map(({ id }) => id))('%s: a link leads there', async (id) => {
      const engine = new Engine(scenario);
      momentAfter(engine, { kind: 'chapter', id });
      const place = await placed(scenario, engine.place());
      expect(hashAt(scenario, place)).toBe(hash(engine.world));
    });

    test.each(scenario.chapters.slice(0, -1).map(({ id }) => id))(
      '%s: what is done there has the same end, however it is come to',
      async (id) => {
        let different = 0;
        const authored = new Engine(scenario);
        const end = { kind: 'seek', to: scenario.endsAtNs } as const;
        momentAfter(authored, end);
        for (const deed of offered(scenario)) {
          const engine = new Engine(scenario);
          momentAfter(engine, { kind: 'chapter', id });
          const reply = replyTo(engine, { kind: 'deed', deed });
          // Nobody is there yet, or no longer, that could be killed.
          if (reply.kind === 'refused' && deed.kind === 'kill') continue;
          expect(reply.kind, JSON.stringify(deed)).toBe('moment');
          momentAfter(engine, end);
          const there = hash(engine.world);
          expect(hashAt(scenario, engine.place()), deed.kind).toBe(there);
          expect(hashAt(scenario, await placed(scenario, engine.place())), deed.kind).toBe(there);
          if (there !== hash(authored.world)) different += 1;
          momentAfter(engine, { kind: 'undo' });
          momentAfter(engine, end);
          expect(hash(engine.world), deed.kind).toBe(hash(authored.world));
        }
        expect(different).toBeGreaterThan(0);
      },
    );
  },
);
