/**
 * Every scenario there is, by slug: adding one is adding a folder with a `scenario.ts`. One that is
 * not as it should be is left out, and says why; the others are there. A site with such a one is
 * not built (scripts/site.mjs), so what is served need not be judged again.
 */
import { checkScenario, complaintText, type Scenario } from '../simulator';

const modules = import.meta.glob<{ readonly scenario: Scenario }>('../scenarios/*/scenario.ts', {
  eager: true,
});

const wasJudged = import.meta.env.PROD && !import.meta.env.SSR;
const complaintsOf = (scenario: Scenario): readonly string[] =>
  wasJudged ? [] : checkScenario(scenario).map(complaintText);

const judged = Object.values(modules).map(({ scenario }) => ({
  scenario,
  complaints: complaintsOf(scenario),
}));

/**
 * Small worlds first: whoever begins with the first begins with what can be overlooked. Of those of
 * one size the longest story first.
 */
function bySize(a: Scenario, b: Scenario): number {
  const bigger = a.world.hosts.length - b.world.hosts.length;
  if (bigger !== 0) return bigger;
  return b.chapters.length - a.chapters.length || (a.slug < b.slug ? -1 : 1);
}

export const scenarios: readonly Scenario[] = judged
  .filter(({ complaints }) => complaints.length === 0)
  .map(({ scenario }) => scenario)
  .toSorted(bySize);

/** What is wrong with those that were left out: scenario, chapter, field and what, a line each. */
export const complaints: readonly string[] = judged.flatMap((each) => each.complaints);
