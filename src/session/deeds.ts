/** What may be done to a world of a scenario: asked before a deed is done, or taken from a link. */
import {
  checkKnob,
  look,
  RAM_BASE,
  readersValue,
  type Deed,
  type run as history,
  type Scenario,
} from '../../simulator';

function unknownPart({ world }: Scenario, deed: Deed): string | null {
  if ('cable' in deed) {
    const known = world.cables.some(({ name }) => name === deed.cable);
    return known ? null : `There is no cable called ${deed.cable} here.`;
  }
  const known = world.hosts.some(({ name }) => name === deed.host);
  return known ? null : `There is no computer called ${deed.host} here.`;
}

const DOING: Readonly<Record<string, string>> = {
  type: 'type',
  flip: 'flip a bit of RAM',
  kill: 'kill a process',
};

/** A bit that is not there. */
function wrongBit({ world }: Scenario, deed: Extract<Deed, { kind: 'flip' }>): string | null {
  const host = world.hosts.find(({ name }) => name === deed.host);
  if (host?.kind !== 'computer') return null;
  const { address, bit } = deed;
  const last = RAM_BASE + host.ramOctets - 1;
  if (!Number.isInteger(address) || address < RAM_BASE || address > last)
    return `The RAM of ${host.title} is from 0x${RAM_BASE.toString(16)} to 0x${last.toString(16)}.`;
  return Number.isInteger(bit) && bit >= 0 && bit <= 7 ? null : 'An octet has bits 0 to 7.';
}

/** Faults that are not those of frames, and what a scenario offers by them. */
function wrongFault(scenario: Scenario, deed: Deed): string | null {
  const offers = (name: Scenario['faults'][number], what: string): string | null =>
    scenario.faults.includes(name) ? null : `This scenario does not offer to ${what}.`;
  switch (deed.kind) {
    case 'fault':
      return offers(deed.fault.kind, `${deed.fault.kind} a frame`);
    case 'cut':
    case 'mend':
      return offers('cut', 'cut a cable');
    case 'flip':
      return offers('flip', 'flip a bit of RAM') ?? wrongBit(scenario, deed);
    case 'kill':
      return offers('kill', 'kill a process');
    case 'set':
      return wrongSetting(scenario, deed);
    case 'type':
    case 'frame':
      return null;
  }
}

function wrongHost({ world }: Scenario, deed: Deed): string | null {
  const host = 'host' in deed ? world.hosts.find(({ name }) => name === deed.host) : undefined;
  if (host?.kind === 'outside' && deed.kind !== 'frame')
    return `${host.title} is outside the simulation: nobody can ${DOING[deed.kind] ?? 'do that'} there.`;
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
  return checkKnob(scenario, knob.name, readersValue(knob, value));
}

/** Null when it may be done; else why not, in a sentence. */
export function refusal(scenario: Scenario, deed: Deed): string | null {
  return unknownPart(scenario, deed) ?? wrongHost(scenario, deed) ?? wrongFault(scenario, deed);
}

/** Why a fault comes too late for its frame or its process, in a sentence; else null. */
export function tooLate(world: history.Run['world'], deed: Deed): string | null {
  if (deed.kind === 'kill') {
    const processes = look(world, { view: 'os', part: deed.host })?.processes ?? [];
    return processes.some(({ pid, state }) => pid === deed.process && state !== 'exited')
      ? null
      : `There is no process ${deed.process} to kill at this moment.`;
  }
  if (deed.kind !== 'fault' || deed.frame === undefined) return null;
  const flights = look(world, { view: 'cable', part: deed.cable })?.flights ?? [];
  return flights.some(({ number }) => number === deed.frame)
    ? null
    : 'That frame is no longer on the cable. Step back to when it was, and try again.';
}
