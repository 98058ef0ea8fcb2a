/**
 * Whatever happens to single frames, the page arrives whole, or the client says what went wrong:
 * nothing is stuck, and the laws of the scenario hold at every event.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOf, hash, measure, run as history, type Fault } from '../../simulator';
import { NEVER } from '../../simulator/contract/time';
import { scenario } from '../../scenarios/fetch-a-page/scenario';
import { broken, seen, type Breaking, type Outcome } from './breaking';

/** Longer than any timeout of TCP's handshake, and than TIME-WAIT. */
const LONG_NS = 300_000_000_000;

const whole = broken(scenario, [], LONG_NS);
const page = seen(whole.run, 'client').printed;
const FRAMES = measure(whole.run.world, ['framesSent'])['framesSent'] ?? 0;

const PROMPT = 'Press Enter to fetch http://10.0.0.2/\n\n';
const NO_CONNECTION = 'client: 10.0.0.2 does not take the connection\n';
const BROKE = 'client: the connection broke\n';

/** The client is done, the server waits for the next one, nothing else is left. */
function settled({ run }: Outcome): void {
  const [client, server] = [seen(run, 'client'), seen(run, 'server')];
  expect(client.os.processes.map(({ state }) => state)).toEqual(['exited']);
  expect(client.os.sockets).toEqual([]);
  expect(server.os.processes.map(({ waits }) => waits.map(({ call }) => call))).toEqual([
    ['accept'],
  ]);
  expect(server.os.sockets.map(({ state }) => state)).toEqual(['LISTEN']);
  expect(server.printed).toBe('');
}

const statusOf = ({ run }: Outcome): unknown => seen(run, 'client').os.processes[0]?.status;

test('without faults the page arrives', () => {
  expect(page).toContain('<h1>It works</h1>');
  expect(statusOf(whole)).toBe(0);
  expect(FRAMES).toBeGreaterThan(10);
  settled(whole);
});

const FAULTS: readonly Fault[] = [
  { kind: 'drop' },
  { kind: 'corrupt' },
  { kind: 'duplicate' },
  { kind: 'delay', delayNs: 60_000 },
  { kind: 'delay', delayNs: 1_500_000_000 },
];

describe('one frame', () => {
  const rows = FAULTS.map((fault) => ({ fault, name: JSON.stringify(fault) }));
  test.each(rows)('$name: the page arrives, whichever frame it is', ({ fault }) => {
    for (let frame = 0; frame < FRAMES; frame++) {
      const outcome = broken(scenario, [{ frame, fault }], LONG_NS);
      expect(outcome.inputs.length, `frame ${frame}`).toBe(1);
      expect(outcome.broken).toEqual([]);
      expect(seen(outcome.run, 'client').printed, `frame ${frame}`).toBe(page);
      settled(outcome);
    }
  });
});

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constant({ kind: 'drop' as const }),
  fc.record({ kind: fc.constant('corrupt' as const), bit: fc.nat(12_000) }),
  fc.constant({ kind: 'duplicate' as const }),
  fc.record({ kind: fc.constant('delay' as const), delayNs: fc.nat(4_000_000_000) }),
);
const breaking: fc.Arbitrary<Breaking> = fc.record({ frame: fc.nat(24), fault });

test('many frames: the page arrives, or the client says that there is no connection', () => {
  fc.assert(
    fc.property(fc.array(breaking, { maxLength: 12 }), (breakings) => {
      const outcome = broken(scenario, breakings, LONG_NS);
      expect(outcome.broken).toEqual([]);
      const { printed } = seen(outcome.run, 'client');
      const arrived = statusOf(outcome) === 0;
      expect(printed).toBe(arrived ? page : PROMPT + NO_CONNECTION);
      if (!arrived) expect(statusOf(outcome)).toBe(1);
      settled(outcome);
    }),
    { numRuns: 40, seed: 1 },
  );
});

test.each([
  { what: 'ARP', frames: [0, 1, 2] },
  // After a minute ARP asks again before the next SYN leaves.
  { what: 'the SYN', frames: [2, 3, 4, 5, 6, 7, 8, 9, 10] },
])('nobody hears $what, time and again: the client says so', ({ frames }) => {
  const breakings = frames.map((frame): Breaking => ({ frame, fault: { kind: 'drop' } }));
  const outcome = broken(scenario, breakings, LONG_NS);
  expect(outcome.inputs.length).toBe(frames.length);
  expect(seen(outcome.run, 'client').printed).toBe(PROMPT + NO_CONNECTION);
  expect(statusOf(outcome)).toBe(1);
  settled(outcome);
});

/** How the client ends when the cable is cut for good just as `frame` leaves. */
function endAfterCut(frame: number): string {
  // Fifteen retransmissions take 924.6 s (RFC 9293 §3.8.3; Linux's tcp_retries2).
  const outcome = broken(scenario, [{ frame, fault: 'cut' }], 1_000_000_000_000);
  expect(outcome.broken).toEqual([]);
  const { printed, os } = seen(outcome.run, 'client');
  const [socket] = os.sockets;
  if (socket === undefined) return `exits with ${String(statusOf(outcome))}, prints ${printed}`;
  // TCP asks nothing of a peer that owes an answer: without keepalives a reader waits for ever.
  expect(os.processes[0]?.waits).toEqual([{ call: 'read', why: `socket ${socket.id}` }]);
  expect(socket).toMatchObject({ state: 'ESTABLISHED', sendOctets: 0, wakeAtNs: NEVER });
  return 'waits';
}

test('a cut cable: everybody gives up at last, but a reader whose every octet was acknowledged', () => {
  const ends = Array.from({ length: FRAMES }, (_, frame) => endAfterCut(frame));
  expect(new Set(ends)).toEqual(
    new Set([
      `exits with 1, prints ${PROMPT}${NO_CONNECTION}`,
      `exits with 1, prints ${PROMPT}${BROKE}`,
      'waits',
      `exits with 0, prints ${page}`,
    ]),
  );
  expect(ends.at(0)).toContain(NO_CONNECTION);
  expect(ends.at(-1)).toContain(page);
});

test('a run with faults is one run: its input log makes it again', () => {
  fc.assert(
    fc.property(fc.array(breaking, { maxLength: 6 }), (breakings) => {
      const { run, inputs } = broken(scenario, breakings, 2_000_000_000);
      const again = history.create(scenario.world, inputs);
      history.runTo(again, endOf(2_000_000_000));
      expect(hash(again.world)).toBe(hash(run.world));
    }),
    { numRuns: 10, seed: 1 },
  );
});
