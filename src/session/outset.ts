/** Where an engine begins: at the start of a scenario as it was set up, or not at all. */
import { START, type Scenario } from '../../simulator';
import { Engine } from './engine';
import type { Edited } from './programs';
import type { Place, Reply } from './protocol';
import { arranged, reseeded } from './setup';

export const startOf = (slug: string, seed: number): Place => ({
  slug,
  seed,
  inputs: [],
  at: START,
  timeNs: START.timeNs,
});

/** The engine of a place, at its start. */
export function engineOf(
  scenario: Scenario,
  place: Place,
): Engine | Extract<Edited, { ok: false }> {
  const { sources = {}, knobs = {} } = place;
  const made = arranged(scenario, { sources, knobs });
  if (!made.ok) return made;
  return new Engine(reseeded(made.scenario, place.seed), place.inputs, { sources, knobs });
}

export function whyNot({ host, errors }: Extract<Edited, { ok: false }>): Reply {
  if (errors.length > 0) return { kind: 'errors', errors };
  return { kind: 'refused', why: `There is no program to edit on ${host}.` };
}
