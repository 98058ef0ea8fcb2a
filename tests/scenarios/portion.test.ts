/** What runs alone runs as it does among all: so a portion of a big world may stand for it. */
import { describe, expect, test } from 'vitest';
import { endOf, locate, run as history, type Scenario } from '../../simulator';
import { hashPlain } from '../../simulator/bits/canonical';
import { canonical } from '../../simulator/host/computer';
import { nameOf } from '../../simulator/world/parts';
import { scenarios } from '../../src/catalogue';
import { isBig, portionOf } from './portion';

function endsOf({ world, endsAtNs }: Scenario): ReadonlyMap<string, string> {
  const run = history.create(world);
  history.runTo(run, endOf(endsAtNs));
  return new Map(
    run.world.parts.map((part) => {
      const state = part.kind === 'computer' ? canonical(part.at) : part.state;
      return [nameOf(part), JSON.stringify(hashPlain(state))];
    }),
  );
}

describe.each(scenarios.filter(isBig))('$slug', (scenario) => {
  const portion = portionOf(scenario);

  test('a portion of it is small', () => {
    expect(portion.world.hosts.length).toBeGreaterThan(1);
    expect(isBig(portion)).toBe(false);
  });

  test('everybody in it ends as among all', { timeout: 30_000 }, () => {
    const whole = endsOf(scenario);
    for (const [name, state] of endsOf(portion)) expect(state, name).toBe(whole.get(name));
  });

  test('its chapters come at the same times', { timeout: 30_000 }, () => {
    const times = (of: Scenario): string[] =>
      locate.locateAll(of).map((each) => (each.at === null ? 'never' : String(each.timeNs)));
    expect(times(portion)).toEqual(times(scenario));
  });
});
