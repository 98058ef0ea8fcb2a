/** Streams arrive whole under any pattern of faults, and nothing a stranger sends makes us throw. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MILLISECOND_NS, NEVER } from '../../../../simulator/contract/time';
import { add32, before } from '../../../../simulator/bits/words';
import { FLAG_NAMES, flags, type Flags, type Segment } from '../../../../simulator/wire/tcp';
import { step, type Input, type State } from '../../../../simulator/protocols/tcp';
import type { ControlName } from '../../../../simulator/protocols/tcp/congestion/controls';
import { insert } from '../../../../simulator/protocols/tcp/pieces';
import type { Piece } from '../../../../simulator/protocols/tcp/state';
import { PHASES } from '../../../../simulator/protocols/tcp/table';
import { runs, slowMs } from '../../../runs';
import { inPhase } from './lone';
import {
  connect,
  create,
  freeze,
  run,
  settle,
  story,
  tell,
  WHOLE,
  type Channel,
  type Fate,
  type Name,
  type Pair,
} from './pair';

/** Lost, whole, late (so that others overtake it), doubled. */
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fate>([]) },
  { weight: 4, arbitrary: fc.constant<Fate>([0]) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 3000 }).map((ms) => [ms]) },
  { weight: 1, arbitrary: fc.array(fc.nat(2000), { minLength: 2, maxLength: 3 }) },
);

const name = fc.constantFrom<Name>('client', 'server');

type Act =
  | { readonly kind: 'send'; readonly lengthOctets: number }
  | { readonly kind: 'read'; readonly maxOctets: number }
  | { readonly kind: 'close' }
  | { readonly kind: 'abort' };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('send'), lengthOctets: fc.nat(1500) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('read'), maxOctets: fc.nat(2000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close') }) },
);

/** After so many milliseconds, who does what. */
type Script = readonly (readonly [number, Name, Act])[];

const acts = (one: fc.Arbitrary<Act>): fc.Arbitrary<Script> =>
  fc.array(fc.tuple(fc.nat(1500), name, one), { maxLength: 25 });

const size = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(1, 2) },
  { weight: 12, arbitrary: fc.constantFrom(50, 300, 700, 5000, 65_535, 300_000) },
);
const settings = fc.record({
  receiveBufferOctets: size,
  sendBufferOctets: size,
  // No pattern of losses is as long: giving up has tests of its own.
  retriesMax: fc.constant(10_000),
  synRetriesMax: fc.constant(10_000),
  congestion: fc.constantFrom<ControlName>('newReno', 'cubic'),
  initialWindowSegments: fc.constantFrom(1, 4, 10),
  delayedAckNs: fc.constantFrom(0, 40 * MILLISECOND_NS, 200 * MILLISECOND_NS),
  nagle: fc.boolean(),
  windowScale: fc.boolean(),
});

const isn = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.integer({ min: 2 ** 32 - 5000, max: 2 ** 32 - 1 }),
);

const world = fc.record({
  fates: fc.array(fate, { maxLength: 80 }),
  settings: fc.record({ client: settings, server: settings }),
  iss: fc.record({ client: isn, server: isn }),
  mss: fc.constantFrom(60, 200, 536, 1460),
  together: fc.boolean(),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
type Written = Record<Name, number[]>;

/** So that a machine that is busy with other things fails nothing. */

const NAMES: readonly Name[] = ['client', 'server'];

function begin({ fates, together, ...options }: World, silent = true): Pair {
  const channel: Channel = (_, __, n) => fates[n] ?? WHOLE;
  const pair = create({ ...options, channel, silent });
  connect(pair, 'client');
  if (together) connect(pair, 'server');
  return pair;
}

const octet = (index: number): number => (index * 7 + Math.floor(index / 256)) % 256;

function perform(pair: Pair, who: Name, what: Act, written: Written): void {
  const side = pair.sides[who];
  if (side.state === null) return;
  if (what.kind !== 'send') {
    tell(pair, who, what);
    return;
  }
  const from = written[who].length;
  const octets = Uint8Array.from({ length: what.lengthOctets }, (_, i) => octet(from + i));
  tell(pair, who, { kind: 'send', octets });
  written[who].push(...octets.subarray(0, side.accepted));
}

/** Performs `script`; answers what was written. */
function play(pair: Pair, script: Script): Written {
  const written: Written = { client: [], server: [] };
  for (const [delayMs, who, what] of script) {
    run(pair, pair.now / MILLISECOND_NS + delayMs);
    perform(pair, who, what, written);
  }
  return written;
}

/** Both close, and read to the end. */
function finishOff(pair: Pair): void {
  for (let turn = 0; turn < 100_000; turn++) {
    for (const who of NAMES) {
      const { state, ended } = pair.sides[who];
      if (state === null) continue;
      if (state.phase === 'ESTABLISHED' || state.phase === 'CLOSE-WAIT')
        if (state.send.finAt === null) tell(pair, who, { kind: 'close' });
      if (!ended) tell(pair, who, { kind: 'read', maxOctets: 65_536 });
    }
    const due = NAMES.map((who) => pair.sides[who].state?.wakeAt ?? NEVER);
    const next = Math.min(pair.flights[0]?.atNs ?? NEVER, ...due);
    if (next === NEVER) return;
    run(pair, Math.max(next, pair.now) / MILLISECOND_NS);
  }
  throw new Error('it never ends');
}

describe('two of them, and a channel that loses, doubles, delays and overtakes', () => {
  test(
    'what is read is what was written, in order, and both end orderly',
    () => {
      fc.assert(
        fc.property(world, acts(act), (options, script) => {
          const pair = begin(options);
          const written = play(pair, script);
          finishOff(pair);
          const { client, server } = pair.sides;
          // A close before the call is answered gives it up.
          if (server.state === null) return client.state?.phase === 'CLOSED';
          const whole = { client: server.got, server: client.got };
          if ([client, server].every(({ state }) => state?.send.synAcknowledged === true)) {
            expect(whole).toEqual(written);
            expect([client.closed, server.closed]).toEqual(['orderly', 'orderly']);
          }
          return NAMES.every((who) => pair.sides[who].closed !== null);
        }),
        { numRuns: runs(400) },
      );
    },
    slowMs,
  );

  test(
    'breaking off at any time leaves nobody waiting for a timer',
    () => {
      const breaking = fc.oneof(act, fc.constant<Act>({ kind: 'abort' }));
      fc.assert(
        fc.property(world, acts(breaking), (options, script) => {
          const pair = begin(options);
          const written = play(pair, script);
          for (const who of NAMES) {
            const { state } = pair.sides[who];
            if (state !== null && state.phase !== 'CLOSED') tell(pair, who, { kind: 'abort' });
          }
          settle(pair);
          // What was read is at least the beginning of what was written.
          const { client, server } = pair.sides;
          expect(client.got).toEqual(written.server.slice(0, client.got.length));
          expect(server.got).toEqual(written.client.slice(0, server.got.length));
        }),
        { numRuns: runs(200) },
      );
    },
    slowMs,
  );

  test(
    'the same faults make the same run',
    () => {
      fc.assert(
        fc.property(world, acts(act), (options, script) => {
          const [one, other] = [0, 1].map(() => {
            const pair = begin(options, false);
            play(pair, script);
            return story(pair);
          });
          expect(one).toBe(other);
        }),
        { numRuns: runs(30) },
      );
    },
    slowMs,
  );
});

const flagSet = fc.subarray([...FLAG_NAMES]).map((names: (keyof Flags)[]) => flags(...names));

/** Numbers near those that matter, and any. */
const numbers = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);

const stray = fc.record({
  sequence: numbers,
  acknowledgment: numbers,
  flags: flagSet,
  window: fc.oneof(fc.constantFrom(0, 1, 65_535), fc.nat(65_535)),
  urgent: fc.nat(65_535),
  mss: fc.option(fc.nat(65_535)),
  payload: fc.uint8Array({ maxLength: 40 }),
});

type Doing = { readonly stray: typeof stray extends fc.Arbitrary<infer T> ? T : never } | Input;

const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ stray }) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: 'wake' }) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: 'close' }) },
  { weight: 1, arbitrary: fc.constant<Input>({ kind: 'read', maxOctets: 5 }) },
  {
    weight: 1,
    arbitrary: fc.constant<Input>({ kind: 'send', octets: new Uint8Array(50) }),
  },
);

function inputOf(state: State, what: Doing): Input {
  if ('kind' in what) return what;
  const { stray: fields } = what;
  const segment: Segment = {
    sourcePort: 80,
    destinationPort: 49_152,
    ...fields,
    sequence: add32(state.receive.nxt, fields.sequence),
    acknowledgment: add32(state.send.nxt, fields.acknowledgment),
  };
  return { kind: 'segment', segment };
}

describe('whatever a stranger sends', () => {
  const phases = fc.constantFrom(...PHASES.filter((phase) => phase !== 'LISTEN'));

  test(
    'nothing throws, and the numbers stay in order',
    () => {
      fc.assert(
        fc.property(phases, fc.array(doing, { maxLength: 40 }), (phase, script) => {
          let { state } = inPhase(phase);
          let now = 0;
          for (const what of script) {
            freeze(state);
            if ('kind' in what && what.kind === 'wake' && state.wakeAt !== NEVER)
              now = state.wakeAt;
            state = step(state, inputOf(state, what), now).state;
            const { send, receive } = state;
            expect(before(send.nxt, send.una)).toBe(false);
            expect(before(send.max, send.nxt)).toBe(false);
            expect(before(receive.edge, receive.nxt)).toBe(false);
            expect(state.wakeAt).toBeGreaterThan(now);
          }
        }),
        { numRuns: runs(2000) },
      );
    },
    slowMs,
  );
});

/** The naive list: one cell for each octet, the first to come stays. */
function cellsOf(pieces: readonly Piece[]): Map<number, number> {
  const cells = new Map<number, number>();
  for (const { sequence, octets } of pieces)
    octets.forEach((value, index) => {
      const at = add32(sequence, index);
      if (!cells.has(at)) cells.set(at, value);
    });
  return cells;
}

test('early octets are kept like cells of a naive list, sorted and without overlaps', () => {
  const piece = fc.record({
    sequence: fc.nat(60).map((offset) => add32(2 ** 32 - 30, offset)),
    octets: fc.uint8Array({ minLength: 1, maxLength: 12 }),
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (list) => {
      const pieces = list.reduce<readonly Piece[]>((kept, one) => insert(kept, one), []);
      expect(cellsOf(pieces)).toEqual(cellsOf(list));
      expect(pieces.reduce((sum, { octets }) => sum + octets.length, 0)).toBe(cellsOf(list).size);
      pieces.slice(1).forEach(({ sequence }, index) => {
        expect(before(pieces[index]!.sequence, sequence)).toBe(true);
      });
    }),
  );
});
