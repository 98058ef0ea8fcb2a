/** What may be done to a world of a scenario: asked before a deed is done, or taken from a link. */
import { checkKnob, look, type Deed, type run as history, type Scenario } from '../../simulator';

function unknownPart({ world }: Scenario, deed: Deed): string | null {
  if ('cable' in deed) {
    const known = world.cables.some(({ name }) => name === deed.cable);
    return known ? null : `There is no cable called ${deed.cable} here.`;
  }
  const known = world.hosts.some(({ name }) => name === deed.host);
  return known ? null : `There is no computer called ${deed.host} here.`;
}

function wrongHost({ world }: Scenario, deed: Deed): string | null {
  const host = 'host' in deed ? world.hosts.find(({ name }) => name === deed.host) : undefined;
  if (deed.kind === 'type' && host?.kind === 'outside')
    return `${host.title} is outside the simulation: nobody can type there.`;
  if (deed.kind === 'frame' && host?.kind === 'computer')
    return `${host.title} is simulated: frames do not come in from outside there.`;
  return null;
}

/** A parameter may stand only where a knob could put it. */
function wrongSetting(scenario: Scenario, deed: Extract<Deed, { kind: 'set' }>): string | null {
  const { cable, field, value } = deed;
  const knob = scenario.knobs.find(
    ({ sets }) => sets.of === 'cable' && sets.cable === cable && sets.field === field,
  );
  if (knob === undefined) return `This scenario does not offer to change the ${field} of ${cable}.`;
  const times = knob.range.kind === 'number' ? (knob.range.times ?? 1) : 1;
  return checkKnob(scenario, knob.name, value / times);
}

/** Null when it may be done; else why not, in a sentence. */
export function refusal(scenario: Scenario, deed: Deed): string | null {
  const wrong = unknownPart(scenario, deed) ?? wrongHost(scenario, deed);
  if (wrong !== null) return wrong;
  if (deed.kind === 'set') return wrongSetting(scenario, deed);
  const { faults } = scenario;
  if (deed.kind === 'fault' && !faults.includes(deed.fault.kind))
    return `This scenario does not offer to ${deed.fault.kind} a frame.`;
  if ((deed.kind === 'cut' || deed.kind === 'mend') && !faults.includes('cut'))
    return 'This scenario does not offer to cut a cable.';
  return null;
}

/** Why a fault cannot be done to its frame, in a sentence: it is not under way; else null. */
export function goneFrame(world: history.Run['world'], deed: Deed): string | null {
  if (deed.kind !== 'fault' || deed.frame === undefined) return null;
  const flights = look(world, { view: 'cable', part: deed.cable })?.flights ?? [];
  return flights.some(({ number }) => number === deed.frame)
    ? null
    : 'That frame is no longer on the cable. Step back to when it was, and try again.';
}
