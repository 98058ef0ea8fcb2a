/** What may be done to a world of a scenario: asked before a deed is done, or taken from a link. */
import type { Deed, Scenario } from '../../simulator';

function unknownPart({ world }: Scenario, deed: Deed): string | null {
  if ('cable' in deed) {
    const known = world.cables.some(({ name }) => name === deed.cable);
    return known ? null : `There is no cable called ${deed.cable} here.`;
  }
  const known = world.hosts.some(({ name }) => name === deed.host);
  return known ? null : `There is no computer called ${deed.host} here.`;
}

/** Null when it may be done; else why not, in a sentence. */
export function refusal(scenario: Scenario, deed: Deed): string | null {
  const unknown = unknownPart(scenario, deed);
  if (unknown !== null) return unknown;
  const { faults } = scenario;
  if (deed.kind === 'fault' && !faults.includes(deed.fault.kind))
    return `This scenario does not offer to ${deed.fault.kind} a frame.`;
  if ((deed.kind === 'cut' || deed.kind === 'mend') && !faults.includes('cut'))
    return 'This scenario does not offer to cut a cable.';
  return null;
}
