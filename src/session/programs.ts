/**
 * Programs that the learner edited: which source a computer runs, and the scenario with edited
 * sources in place of the authored ones. Assembling is the simulator's.
 */
import type { AssemblyError, MachineProgram, Scenario } from '../../simulator';
import { assembled } from './assembler';

/** By host. */
export type Sources = Readonly<Record<string, string>>;

export type Edited =
  | { readonly ok: true; readonly scenario: Scenario }
  | {
      readonly ok: false;
      /** The host whose source does not assemble, or that runs none. */
      readonly host: string;
      readonly errors: readonly AssemblyError[];
    };

const authored = ({ world }: Scenario, host: string): MachineProgram | null => {
  const spec = world.hosts.find(({ name }) => name === host);
  if (spec === undefined || !('programs' in spec)) return null;
  return spec.programs.find((program) => program.kind === 'machine') ?? null;
};

/** What the scenario has `host` run; null when that is no machine program. */
export function authoredProgram(
  scenario: Scenario,
  host: string,
): { readonly name: string; readonly source: string } | null {
  return authored(scenario, host);
}

/** `sources` with that of `host`; a source that is the authored one is no edit. */
export function withSource(
  scenario: Scenario,
  sources: Sources,
  host: string,
  source: string,
): Sources {
  const rest = Object.entries(sources).filter(([name]) => name !== host);
  if (authored(scenario, host)?.source !== source) rest.push([host, source]);
  return Object.fromEntries(rest);
}

/**
 * The authored scenario with those sources assembled; the first that does not tells why. With any,
 * the assembler must have been loaded (assembler.ts).
 */
export function edited(scenario: Scenario, sources: Sources): Edited {
  let { hosts } = scenario.world;
  for (const [host, source] of Object.entries(sources)) {
    const old = authored(scenario, host);
    if (old === null) return { ok: false, host, errors: [] };
    const made = assembled(old.name, source);
    if (!made.ok) return { ok: false, host, errors: made.errors };
    hosts = hosts.map((each) =>
      each.name === host && 'programs' in each
        ? { ...each, programs: each.programs.map((one) => (one === old ? made.program : one)) }
        : each,
    );
  }
  return { ok: true, scenario: { ...scenario, world: { ...scenario.world, hosts } } };
}
