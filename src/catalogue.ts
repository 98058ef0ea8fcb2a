/** Every scenario there is, by slug: adding one is adding a folder with a `scenario.ts`. */
import type { Scenario } from '../simulator';

const modules = import.meta.glob<{ readonly scenario: Scenario }>('../scenarios/*/scenario.ts', {
  eager: true,
});

export const scenarios: readonly Scenario[] = Object.values(modules)
  .map(({ scenario }) => scenario)
  .toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
