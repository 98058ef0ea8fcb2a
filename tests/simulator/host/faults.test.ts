/** What somebody breaks inside a computer: a bit of RAM, and a process. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RAM_BASE } from '../../../simulator/contract/map';
import { endOf, START } from '../../../simulator/contract/position';
import type { Move, Note } from '../../../simulator/contract/seen';
import * as history from '../../../simulator/history/run';
import { layoutOf } from '../../../simulator/host/layout';
import type { EngineName } from '../../../simulator/host/processor';
import { apply } from '../../../simulator/world/carry';
import type { Deed, Input } from '../../../simulator/world/input';
import { proceed } from '../../../simulator/world/loop';
import { hash } from '../../../simulator/world/save';
import type { WorldSpec } from '../../../simulator/world/spec';
import { look } from '../../../simulator/world/view';
import { create } from '../../../simulator/world/world';
import { scenario } from '../../../scenarios/fetch-a-page/scenario';
import { pingWorld } from '../history/worlds';

const SPEC = scenario.world;
const LONG_NS = 3_000_000_000;
/** Both wait: the client for Enter, the server for a caller. */
const BOTH_WAIT_NS = 15_000;
/** The client's kernel has ordered its first frame, which leaves at 26.45 µs. */
const ORDERED_NS = 24_000;
/** The server's program works on the request. */
const AT_WORK_NS = 150_000;

const kill = (host: string, atNs: number, process = 1): Input => ({
  atNs,
  deed: { kind: 'kill', host, process },
});
const flip = (host: string, address: number, bit: number, atNs: number): Input => ({
  atNs,
  deed: { kind: 'flip', host, address, bit },
});

type Ended = {
  readonly run: history.Run;
  readonly printed: string;
  readonly moves: readonly Move[];
  readonly notes: readonly Note[];
};

function ended(spec: WorldSpec, inputs: readonly Input[], untilNs = LONG_NS): Ended {
  const moves: Move[] = [];
  const notes: Note[] = [];
  const run = history.create(spec, inputs);
  history.watch(run, START, endOf(untilNs), {
    fine: false,
    move: (move) => moves.push(move),
    note: (note) => notes.push(note),
  });
  history.seekTime(run, untilNs);
  const printed = look(run.world, { view: 'console', part: 'client' })?.text ?? '';
  return { run, printed, moves, notes };
}

const processesOf = ({ world }: history.Run, part: string) =>
  look(world, { view: 'os', part })?.processes ?? [];
const socketsOf = ({ world }: history.Run, part: string) =>
  look(world, { view: 'os', part })?.sockets ?? [];

/** Where the text is in the host's RAM. */
function addressOf(host: string, text: string, atNs: number): number {
  const { run } = ended(SPEC, [], atNs);
  const octets = look(run.world, {
    view: 'ram',
    part: host,
    from: RAM_BASE,
    lengthOctets: 0x10_0000,
  })?.octets;
  const at = Buffer.from(octets ?? []).indexOf(text);
  expect(at).toBeGreaterThan(0);
  return RAM_BASE + at;
}

describe('a process is killed', () => {
  test.each([
    { what: 'before it begins', atNs: 0, prints: '' },
    {
      what: 'while it waits',
      atNs: BOTH_WAIT_NS,
      prints: 'Press Enter to fetch http://10.0.0.2/\n',
    },
  ])('the client, $what: it ends by SIGKILL and asks for nothing', ({ atNs, prints }) => {
    const { run, printed, notes, moves } = ended(SPEC, [kill('client', atNs)]);
    expect(processesOf(run, 'client')).toMatchObject([{ state: 'exited', status: 137, files: [] }]);
    expect(printed.startsWith(prints)).toBe(true);
    expect(moves.filter(({ kind }) => kind === 'frame')).toEqual([]);
    const [told] = notes.filter(({ kind }) => kind === 'killed');
    expect(told).toMatchObject({ part: 'client.os', what: { process: 1, signal: 'SIGKILL' } });
    // What led to it is the deed.
    expect(notes.find(({ id }) => id === told?.cause) ?? told?.cause).toMatch(/\.o\.1\.0\.c0$/);
  });

  test('the server at work: its sockets are closed, and the client hears of it', () => {
    const { run, printed } = ended(SPEC, [kill('server', AT_WORK_NS)]);
    expect(processesOf(run, 'server')).toMatchObject([{ state: 'exited', status: 137 }]);
    expect(socketsOf(run, 'server').filter(({ held }) => held)).toEqual([]);
    expect(printed).toContain('client: ');
    expect(printed).not.toContain('It works');
  });

  test('where there is none, the kernel says so and goes on', () => {
    const { printed, notes } = ended(SPEC, [kill('server', AT_WORK_NS, 7)]);
    expect(printed).toContain('It works');
    expect(notes.filter(({ kind }) => kind === 'ignored')).toMatchObject([
      { part: 'server.os', what: { protocol: 'SIGKILL', why: 'there is no process 7' } },
    ]);
  });

  test.each([0, 1_500_000])('a modelled program, at %i ns', (atNs) => {
    const { run, moves } = ended(pingWorld(1), [kill('client', atNs)], 5_000_000);
    expect(processesOf(run, 'client')).toMatchObject([{ state: 'exited', status: 137, waits: [] }]);
    const late = moves.filter(({ kind, departNs }) => kind === 'frame' && departNs > atNs + 50_000);
    expect(late).toEqual([]);
  });

  test.each([0, AT_WORK_NS])('of two on one processor, at %i ns: the other goes on', (atNs) => {
    const twice = SPEC.hosts.map((host) =>
      host.kind === 'computer' && host.name === 'server'
        ? { ...host, programs: two(host.programs) }
        : host,
    );
    const { run, printed, notes } = ended({ ...SPEC, hosts: twice }, [kill('server', atNs, 2)]);
    expect(processesOf(run, 'server').map(({ status }) => status)).toEqual([null, 137]);
    expect(printed).toContain('It works');
    const killedNs = notes.find(({ kind }) => kind === 'killed')?.at.timeNs ?? 0;
    const after = notes.filter(
      ({ kind, at, what }) =>
        kind === 'called' && at.timeNs > killedNs && JSON.stringify(what).includes('ping'),
    );
    expect(after).toEqual([]);
  });
});

function two<T>(programs: readonly T[]): readonly T[] {
  return [...programs, { kind: 'modelled', name: 'ping', arguments: PING } as T];
}

const PING = {
  destination: '10.0.0.1',
  count: 9,
  intervalNs: 1_000_000,
  payloadOctets: 8,
  timeoutNs: 1_000_000,
};

describe('a bit of RAM flips', () => {
  test('in the text of a page: the octet that the client prints is another', () => {
    const address = addressOf('server', 'It works', BOTH_WAIT_NS);
    const { printed, notes } = ended(SPEC, [flip('server', address, 1, BOTH_WAIT_NS)]);
    expect(printed).toContain('<h1>Kt works</h1>');
    expect(notes.find(({ kind }) => kind === 'flipped')).toMatchObject({
      part: 'server.ram',
      what: { address, bit: 1, was: 0x49, is: 0x4b },
    });
  });

  test('twice: as it was', () => {
    const address = addressOf('server', 'It works', BOTH_WAIT_NS);
    const [once, twice] = [1, 2].map((ns) => flip('server', address, 1, BOTH_WAIT_NS + ns));
    const { printed } = ended(SPEC, [once as Input, twice as Input]);
    expect(printed).toContain('It works');
  });

  test('in a program that has run already: its next instruction is another', () => {
    // The server waits in accept; where it goes on lies behind the ecall. With bit 3 of its
    // opcode, an addi or a branch is an instruction that RV32 does not have.
    const { run } = ended(SPEC, [], BOTH_WAIT_NS);
    const pc = processesOf(run, 'server')[0]?.pc ?? 0;
    const broken = ended(SPEC, [flip('server', pc, 3, BOTH_WAIT_NS)]);
    expect(processesOf(broken.run, 'server')).toMatchObject([{ state: 'exited', status: 132 }]);
    expect(broken.notes.find(({ kind }) => kind === 'killed')).toMatchObject({
      what: { signal: 'SIGILL', pc },
    });
  });

  test('outside RAM: nothing', () => {
    const plain = ended(SPEC, []);
    const { printed } = ended(SPEC, [flip('server', RAM_BASE - 1, 0, 0), flip('server', 0, 0, 0)]);
    expect(printed).toBe(plain.printed);
  });

  const { receiveRing, transmitRing } = layoutOf(0x10_0000);
  test.each([
    ['the address of a buffer to send', transmitRing + 3, /names memory that is not there/],
    ['the length of a frame to send', transmitRing + 9, /says that it is too long/],
    ['the address of a buffer to fill', receiveRing + 3, /names memory that is not there/],
  ])('in a descriptor, %s: the frame is lost, and the page arrives', (_, address, why) => {
    // The driver has written it, the interface has not fetched it yet.
    const { printed, notes } = ended(SPEC, [flip('client', address, 7, ORDERED_NS)]);
    expect(printed).toContain('It works');
    const dropped = notes.filter(({ kind, part }) => kind === 'dropped' && part === 'client.nic');
    expect(JSON.stringify(dropped.map(({ what }) => what))).toMatch(why);
  });
});

/** Does the inputs at their times, whichever engine runs the instructions. */
function hashAfter(engine: EngineName, inputs: readonly Input[], untilNs: number): string {
  const world = create(SPEC, engine);
  for (const { atNs, deed } of inputs.toSorted((a, b) => a.atNs - b.atNs)) {
    while (proceed(world, endOf(atNs)));
    apply(world, deed, atNs);
  }
  while (proceed(world, endOf(untilNs)));
  return hash(world);
}

const PROGRAM = RAM_BASE + 0x1_0000;
const inside: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('flip' as const),
    host: fc.constantFrom('client', 'server'),
    address: fc.integer({ min: PROGRAM, max: PROGRAM + 0x600 }),
    bit: fc.nat(7),
  }),
  fc.record({
    kind: fc.constant('kill' as const),
    host: fc.constantFrom('client', 'server'),
    process: fc.constant(1),
  }),
);
const log = fc.uniqueArray(fc.record({ atNs: fc.nat(300_000), deed: inside }), {
  maxLength: 4,
  selector: ({ atNs }) => atNs,
});

test('whatever flips in a program, both engines make one run of it', () => {
  fc.assert(
    fc.property(log, (inputs) => {
      expect(hashAfter('fast', inputs, 450_000)).toBe(hashAfter('micro', inputs, 450_000));
    }),
    { numRuns: 12, seed: 1 },
  );
});
