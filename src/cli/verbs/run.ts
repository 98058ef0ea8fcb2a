/** `run`: a scenario from its beginning to a time, and its outcome. */
import { parseArgs } from 'node:util';
import {
  captureOf,
  check,
  endOf,
  hash,
  lengthened,
  measure,
  parseKnob,
  run as history,
  withKnobs,
  type Input,
  type KnobValues,
  type Scenario,
  type Verdict,
} from '../../../simulator';
import { chapterLines, chapterRows, wrongWith, type ChapterRow } from '../chapters';
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
  /** Knobs that were turned. */
  readonly knobs?: KnobValues;
  readonly chapters?: readonly ChapterRow[];
};

type Plan = {
  readonly scenario: Scenario;
  readonly inputs: readonly Input[];
  readonly untilNs: number;
  readonly pcap: string | undefined;
  readonly knobs: KnobValues;
  readonly chapters: boolean;
  /** As its author wrote it: every chapter must come. */
  readonly authored: boolean;
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

function carryOut({ scenario, inputs, untilNs, pcap, knobs, chapters }: Plan): Outcome {
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
    ...(Object.keys(knobs).length > 0 && { knobs }),
    ...(chapters && { chapters: chapterRows({ ...scenario, endsAtNs: untilNs }, inputs) }),
  };
}

const row = (name: string, value: string | number): string => `  ${name.padEnd(14)}${value}`;

function inWords(outcome: Outcome): string {
  const rows = [
    `${outcome.scenario}, seed ${outcome.seed}`,
    row('until', `${outcome.endedAtNs / 1000} µs`),
    row('hash', outcome.hash),
    row('events', `${outcome.events} in ${outcome.wallMs} ms`),
    ...Object.entries(outcome.knobs ?? {}).map(([name, value]) => row(name, String(value))),
    ...Object.entries(outcome.measures).map(([name, value]) => row(name, value)),
    ...outcome.invariants.map(({ name, holds, at }) =>
      row(holds ? 'holds' : 'BROKEN', `${name}${at === undefined ? '' : ` at ${at} ns`}`),
    ),
    ...chapterLines(outcome.chapters ?? []),
  ];
  return `${rows.join('\n')}\n`;
}

type Asked = Plan & { readonly json: boolean };

function knobsOf(scenario: Scenario, settings: readonly string[]): KnobValues {
  const values = new Map<string, KnobValues[string]>();
  for (const setting of settings) {
    const parsed = parseKnob(scenario, setting);
    if (!parsed.ok) throw misused(`--set ${setting}: ${scenario.slug}: ${parsed.error}`);
    if (values.has(parsed.name)) throw misused(`--set ${setting}: ${parsed.name} is set twice`);
    values.set(parsed.name, parsed.value);
  }
  return Object.fromEntries(values);
}

function wordsOf(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      chapters: { type: 'boolean', default: false },
      seed: { type: 'string' },
      until: { type: 'string' },
      pcap: { type: 'string' },
      replay: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
    },
  });
}

type Options = ReturnType<typeof wordsOf>['values'];

/** A scenario with another seed or other knobs goes on until its consequences are over. */
function planned(named: Scenario, options: Options): Asked {
  const { json, pcap, chapters, until = 'end' } = options;
  const knobs = knobsOf(named, options.set);
  const turned = withKnobs(named, knobs);
  const seed = options.seed === undefined ? named.world.seed : parseWhole(options.seed, '--seed');
  const scenario = { ...turned, world: { ...turned.world, seed } };
  const isTurned = options.set.length > 0;
  const ownNs = (): number => lengthened(scenario, [], { edited: isTurned }).endsAtNs;
  const untilNs = until === 'end' ? ownNs() : parseTimeNs(until);
  const authored = !isTurned && options.seed === undefined && until === 'end';
  return { scenario, inputs: [], untilNs, pcap, knobs, chapters, authored, json };
}

function replayed(named: Scenario, path: string, options: Options): Asked {
  const { json, pcap, chapters, until = 'end' } = options;
  if (options.set.length > 0) throw misused('--set: a recording is of the knobs as they were');
  const recording = load(path);
  if (recording.scenario !== named.slug || recording.version !== named.version)
    throw failed(
      `${path}: recorded from ${recording.scenario} version ${recording.version}, not from ${named.slug} version ${named.version}`,
    );
  const world = { ...outsideAt(named.world, recording.jack), seed: recording.seed };
  const untilNs = until === 'end' ? recording.endedAtNs : parseTimeNs(until);
  const inputs = inputsOf(recording);
  const scenario = { ...named, world };
  return { scenario, inputs, untilNs, pcap, knobs: {}, chapters, authored: false, json };
}

function planOf(words: readonly string[]): Asked {
  const { values, positionals } = wordsOf(words);
  if (positionals.length > 1) throw misused(`one scenario at a time, not ${positionals.join(' ')}`);
  const named = scenarioNamed(positionals[0]);
  return values.replay === undefined
    ? planned(named, values)
    : replayed(named, values.replay, values);
}

export const run: Verb = {
  usage:
    'run <scenario> [--set knob=value]… [--seed N] [--until T|end] [--chapters] [--json] [--pcap F] [--replay F]',
  summary: 'runs a scenario and prints its outcome: hash, invariants, measures',
  help: `  --set k=v     that knob at that value, in the unit that the knob has; "list --json" has them all
  --seed N      another seed than the scenario's
  --until T     stop after this virtual time (ns, us, ms, s); "end" is the scenario's own, or
                with knobs turned when its consequences are over
  --chapters    where each chapter stops, and what the engine answers to its question
  --json        one object on standard output
  --pcap F      what came out of the cables, as pcapng
  --replay F    with the input log that "bridge --record F" wrote
Exit status 1 when an invariant was broken, or when with --chapters the run that the author
wrote does not come to a chapter.
`,
  run: (words) => {
    const plan = planOf(words);
    const outcome = carryOut(plan);
    process.stdout.write(plan.json ? `${JSON.stringify(outcome)}\n` : inWords(outcome));
    const wrong =
      plan.chapters && plan.authored ? wrongWith(plan.scenario, outcome.chapters ?? []) : [];
    for (const line of wrong) process.stderr.write(`autochitect: ${line}\n`);
    if (wrong.length > 0) return 1;
    return outcome.invariants.every(({ holds }) => holds) ? 0 : 1;
  },
};
