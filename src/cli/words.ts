/** Words of a command line into values; each says what was wrong and what is right. */
import type { Scenario } from '../../simulator';
import { scenarios } from '../catalogue';
import { misused } from './failure';

const UNITS_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1_000,
  ms: 1_000_000,
  s: 1_000_000_000,
};

/** `1500`, `1500ns`, `2.5us`, `3ms`, `1s`: whole nanoseconds. */
export function parseTimeNs(text: string): number {
  const [, amount, unit = 'ns'] = /^(\d+(?:\.\d+)?)(ns|us|ms|s)?$/.exec(text) ?? [];
  if (amount === undefined)
    throw misused(`"${text}" is not a time: say a number with ns, us, ms or s, as in 2.5ms`);
  return Math.round(Number(amount) * (UNITS_NS[unit] ?? 1));
}

/** A whole number from `least` on. */
export function parseWhole(text: string, option: string, least = 0): number {
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value < least)
    throw misused(`${option} "${text}": say a whole number, ${least} or more`);
  return value;
}

/** The scenario of that name. */
export function scenarioNamed(slug: string | undefined): Scenario {
  const known = scenarios.map((scenario) => scenario.slug).join(', ');
  if (slug === undefined) throw misused(`which scenario? There are: ${known}`);
  const found = scenarios.find((scenario) => scenario.slug === slug);
  if (found === undefined) throw misused(`there is no scenario "${slug}"; there are: ${known}`);
  return found;
}
