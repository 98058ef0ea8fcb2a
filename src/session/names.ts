/** What people call the parts of a world. */
import type { WorldSpec } from '../../simulator';

export type Names = {
  /** Of hosts, by name: "Computer A". */
  readonly titles: Readonly<Record<string, string>>;
  /** Names of the hosts at the two ends of each cable. */
  readonly ends: Readonly<Record<string, readonly [string, string]>>;
};

export function namesOf({ hosts, cables }: WorldSpec): Names {
  return {
    titles: Object.fromEntries(hosts.map(({ name, title }) => [name, title])),
    ends: Object.fromEntries(cables.map(({ name, ends }) => [name, ends])),
  };
}

/** Of the host that a path begins with: `client.nic` is Computer A's. */
export function titleOf(names: Names, path: string): string {
  const [host = ''] = path.split('.');
  return names.titles[host] ?? host;
}

/** "the cable", or which one where there are several. */
export function cableOf(names: Names, cable: string): string {
  return Object.keys(names.ends).length > 1 ? `the cable "${cable}"` : 'the cable';
}
