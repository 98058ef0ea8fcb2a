/**
 * `bridge`: the cable of a jack comes out as frames on standard input and output, slaved to the
 * wall clock, so that a real network stack is the computer there. What comes in goes to the input
 * log; the session can be recorded and run again.
 */
import { parseArgs } from 'node:util';
import {
  endOf,
  hash,
  run as history,
  sealFrame,
  type Note,
  type Scenario,
} from '../../../simulator';
import { failed, misused } from '../failure';
import { writeOctets } from '../files';
import { decode, encode, type Decoder } from '../frames';
import { hostOfJack, outsideAt } from '../jack';
import { save, type Recording } from '../recording';
import type { Verb } from '../verb';
import { scenarioNamed } from '../words';

type Bridge = {
  readonly run: history.Run;
  readonly jack: string;
  readonly beganMs: number;
  readonly decoder: Decoder;
  timer: NodeJS.Immediate | NodeJS.Timeout | null;
};

const nowNs = (bridge: Bridge): number =>
  Math.round((performance.now() - bridge.beganMs) * 1_000_000);

/** Brings the world up to the wall clock. */
function follow(bridge: Bridge): number {
  const now = Math.max(nowNs(bridge), bridge.run.world.at.timeNs);
  history.runTo(bridge.run, endOf(now));
  return now;
}

function cancel({ timer }: Bridge): void {
  clearTimeout(timer as NodeJS.Timeout);
  clearImmediate(timer as NodeJS.Immediate);
}

/** Wakes when the world next has something to do: at once when that is sooner than a timer can. */
function schedule(bridge: Bridge): void {
  cancel(bridge);
  const at = history.upcoming(bridge.run, bridge.run.world);
  if (at === null) return;
  const tick = (): void => {
    follow(bridge);
    schedule(bridge);
  };
  const waitMs = (at.timeNs - nowNs(bridge)) / 1_000_000;
  bridge.timer = waitMs < 2 ? setImmediate(tick) : setTimeout(tick, Math.floor(waitMs) - 1);
}

function takeIn(bridge: Bridge, frames: readonly Uint8Array[]): void {
  for (const frame of frames) {
    const atNs = follow(bridge);
    const deed = { kind: 'frame', host: bridge.jack, octets: sealFrame(frame) } as const;
    history.record(bridge.run, { atNs, deed });
  }
  schedule(bridge);
}

function putOut(note: Note): void {
  if (note.kind !== 'emerged') return;
  const { octets } = note.what as unknown as { octets: Uint8Array };
  process.stdout.write(encode(octets.subarray(0, octets.length - 4)));
}

function begin(scenario: Scenario, jack: string): Bridge {
  const run = history.create(outsideAt(scenario.world, jack));
  run.world.see.sink = { fine: false, move: () => undefined, note: putOut };
  const bridge: Bridge = {
    run,
    jack,
    beganMs: performance.now(),
    decoder: { rest: new Uint8Array(0) },
    timer: null,
  };
  return bridge;
}

function recordingOf(bridge: Bridge, scenario: Scenario): Recording {
  const endedAtNs = follow(bridge);
  return {
    autochitect: 'recording',
    scenario: scenario.slug,
    version: scenario.version,
    seed: scenario.world.seed,
    jack: bridge.jack,
    endedAtNs,
    hash: hash(bridge.run.world),
    frames: bridge.run.inputs.flatMap(({ atNs, deed }) =>
      deed.kind === 'frame' ? [[atNs, Buffer.from(deed.octets).toString('base64')] as const] : [],
    ),
  };
}

/** Until standard input ends, or somebody interrupts; the answer is a wrong stream's message. */
function serve(bridge: Bridge): Promise<string | null> {
  return new Promise((ended) => {
    process.stdin.on('data', (chunk: Buffer) => {
      const frames = decode(bridge.decoder, chunk);
      if (frames === null) ended('standard input is no stream of frames (a length is over 1522)');
      else takeIn(bridge, frames);
    });
    const stop = (): void => {
      ended(null);
    };
    process.stdin.once('end', stop);
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    // Whoever reads may go first.
    process.stdout.once('error', stop);
    process.stdout.write(encode(new Uint8Array(0)));
    schedule(bridge);
  });
}

export const bridge: Verb = {
  usage: 'bridge <scenario> [--jack host/eth0] [--record F]',
  summary: 'a jack as frames on standard input and output, in step with the wall clock',
  help: `A frame is its length (u32, big-endian), then its octets without FCS; one empty frame says
that the world is ready. It ends when standard input ends.
  --jack host/eth0   whose place the outside takes (the first host of the scenario)
  --record F         write what came in, for "run <scenario> --replay F"
`,
  run: async (words) => {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { jack: { type: 'string' }, record: { type: 'string' } },
    });
    if (positionals.length > 1) throw misused('one scenario at a time');
    const scenario = scenarioNamed(positionals[0]);
    const jack = hostOfJack(values.jack ?? scenario.world.hosts[0]?.name ?? '');
    const at = begin(scenario, jack);
    // What cannot be written must be known before the session, not when it is over.
    if (values.record !== undefined) writeOctets(values.record, new Uint8Array(0));
    const why = await serve(at);
    cancel(at);
    process.stdin.destroy();
    if (values.record !== undefined) save(values.record, recordingOf(at, scenario));
    if (why !== null) throw failed(why);
    return 0;
  },
};
