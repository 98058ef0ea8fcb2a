/** `run`: a scenario from its beginning to a time, and its outcome. */
import { parseArgs } from 'node:util';
import {
  captureOf,
  check,
  endOf,
  hash,
  measure,
  run as history,
  type Input,
  type Scenario,
  type Verdict,
} from '../../../simulator';
import { failed, misused } from '../failure';
import { writeOctets } from '../files';
import { outsideAt } from '../jack';
import { inputsOf, load } from '../recording';
import type { Verb } from '../verb';
import { parseTimeNs, parseWhole, scenarioNamed } from '../words';

type Outcome = {
  readonly scenario: string;
  readonly seed: number;
  readonly hash: string;
  readonly endedAtNs: number;
  readonly events: number;
  readonly wallMs: number;
  readonly invariants: readonly { name: string; holds: boolean; at?: number }[];
  readonly measures: Readonly<Record<string, number>>;
};

type Plan = {
  readonly scenario: Scenario;
  readonly inputs: readonly Input[];
  readonly untilNs: number;
  readonly pcap: string | undefined;
};

/** The first moment at which each broken law was seen to be broken. */
function watchLaws(
  scenario: Scenario,
  run: history.Run,
  untilNs: number,
): Map<string, Verdict & { at: number }> {
  const broken = new Map<string, Verdict & { at: number }>();
  const until = endOf(untilNs);
  const { world } = run;
  while (!history.runTo(run, until, 1))
    for (const verdict of check(world, scenario.invariants))
      if (!verdict.holds && !broken.has(verdict.name))
        broken.set(verdict.name, { ...verdict, at: world.at.timeNs });
  return broken;
}

function carryOut({ scenario, inputs, untilNs, pcap }: Plan): Outcome {
  const run = history.create(scenario.world, inputs);
  const capture = captureOf(scenario.world.cables.map(({ name }) => name));
  if (pcap !== undefined) run.world.see.sink = capture.sink;
  const began = performance.now();
  const broken = watchLaws(scenario, run, untilNs);
  const wallMs = performance.now() - began;
  if (pcap !== undefined) writeOctets(pcap, capture.octets());
  return {
    scenario: scenario.slug,
    seed: scenario.world.seed,
    hash: hash(run.world),
    endedAtNs: untilNs,
    events: run.world.events,
    wallMs: Math.round(wallMs * 10) / 10,
    invariants: scenario.invariants.map((name) => {
      const why = broken.get(name);
      return why === undefined ? { name, holds: true } : { name, holds: false, at: why.at };
    }),
    measures: measure(run.world, scenario.measures),
  };
}

function inWords(outcome: Outcome): string {
  const rows = [
    `${outcome.scenario}, seed ${outcome.seed}`,
    `  until       ${outcome.endedAtNs / 1000} µs`,
    `  hash        ${outcome.hash}`,
    `  events      ${outcome.events} in ${outcome.wallMs} ms`,
    ...Object.entries(outcome.measures).map(([name, value]) => `  ${name.padEnd(12)}${value}`),
    ...outcome.invariants.map(
      ({ name, holds, at }) =>
        `  ${holds ? 'holds ' : 'BROKEN'}      ${name}${at === undefined ? '' : ` at ${at} ns`}`,
    ),
  ];
  return `${rows.join('\n')}\n`;
}

function planOf(words: readonly string[]): Plan & { readonly json: boolean } {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      seed: { type: 'string' },
      until: { type: 'string' },
      pcap: { type: 'string' },
      replay: { type: 'string' },
    },
  });
  if (positionals.length > 1) throw misused(`one scenario at a time, not ${positionals.join(' ')}`);
  const { json, pcap } = values;
  const named = scenarioNamed(positionals[0]);
  const seed = values.seed === undefined ? named.world.seed : parseWhole(values.seed, '--seed');
  const until = values.until ?? 'end';
  const endNs = (end: number): number => (until === 'end' ? end : parseTimeNs(until));
  const scenario = { ...named, world: { ...named.world, seed } };
  if (values.replay === undefined)
    return { scenario, inputs: [], untilNs: endNs(named.endsAtNs), pcap, json };
  const recording = load(values.replay);
  if (recording.scenario !== named.slug || recording.version !== named.version)
    throw failed(
      `${values.replay}: recorded from ${recording.scenario} version ${recording.version}, not from ${named.slug} version ${named.version}`,
    );
  const world = { ...outsideAt(named.world, recording.jack), seed: recording.seed };
  const untilNs = endNs(recording.endedAtNs);
  return { scenario: { ...named, world }, inputs: inputsOf(recording), untilNs, pcap, json };
}

export const run: Verb = {
  usage: 'run <scenario> [--seed N] [--until T|end] [--json] [--pcap F] [--replay F]',
  summary: 'runs a scenario and prints its outcome: hash, invariants, measures',
  help: `  --seed N      another seed than the scenario's
  --until T     stop after this virtual time (ns, us, ms, s); "end" is the scenario's own
  --json        one object on standard output
  --pcap F      what came out of the cables, as pcapng
  --replay F    with the input log that "bridge --record F" wrote
Exit status 1 when an invariant was broken.
`,
  run: (words) => {
    const plan = planOf(words);
    const outcome = carryOut(plan);
    process.stdout.write(plan.json ? `${JSON.stringify(outcome)}\n` : inWords(outcome));
    return outcome.invariants.every(({ holds }) => holds) ? 0 : 1;
  },
};
