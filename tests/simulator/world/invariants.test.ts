/** Each law is broken by a fault that is planted in a moment, and holds whatever else is done. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { append, EMPTY } from '../../../simulator/contract/octets';
import { endOf } from '../../../simulator/contract/position';
import { set, values } from '../../../simulator/contract/table';
import * as history from '../../../simulator/history/run';
import type { Computer } from '../../../simulator/host/computer';
import type { State as Connection } from '../../../simulator/protocols/tcp/state';
import { check, INVARIANTS, type InvariantName } from '../../../simulator/world/invariants';
import type { CablePart, ComputerPart, World } from '../../../simulator/world/parts';
import { create } from '../../../simulator/world/world';
import type { Scenario } from '../../../simulator/scenario/scenario';
import { scenario } from '../../../scenarios/fetch-a-page/scenario';
import { scenario as ping } from '../../../scenarios/ping/scenario';
import { inputOf } from '../history/inputs';
import { pingWorld } from '../history/worlds';

const NAMES = Object.keys(INVARIANTS) as InvariantName[];

/** The page is on the cable, the client waits for it, and the server's program runs. */
const PAGE_NS = 250_000;

const computer = (world: World, number: number): Computer =>
  (world.parts[number] as ComputerPart).at;
const client = (world: World): Computer => computer(world, 0);
const server = (world: World): Computer => computer(world, 1);
const cable = (world: World): CablePart['state'] => (world.parts[2] as CablePart).state;

function changeKernel(of: Computer, change: (kernel: Computer['fields']['kernel']) => object) {
  of.fields.kernel = { ...of.fields.kernel, ...change(of.fields.kernel) };
}

function changeConnection(of: Computer, change: (connection: Connection) => object): void {
  changeKernel(of, ({ sockets }) => {
    const socket = values(sockets).find((each) => each.kind === 'stream' && each.connection);
    if (socket?.kind !== 'stream' || socket.connection === null) throw new Error('a connection');
    const connection = { ...socket.connection, ...change(socket.connection) };
    return { sockets: set(sockets, socket.id, { ...socket, connection }) };
  });
}

function changeProcess(of: Computer, pid: number, change: object): void {
  changeKernel(of, ({ processes }) => {
    const process = values(processes).find((each) => each.pid === pid);
    if (process === undefined) throw new Error('a process');
    return { processes: set(processes, pid, { ...process, ...change }) };
  });
}

type Planted = {
  readonly law: InvariantName;
  readonly what: string;
  readonly plant: (world: World) => void;
  readonly witnesses: readonly [part: string, says: RegExp][];
};

const PLANTED: readonly Planted[] = [
  {
    law: 'frames-conserved',
    what: 'a frame vanishes',
    plant: (world) => {
      cable(world).flights.pop();
    },
    witnesses: [
      ['cable', /^8 frames sent$/],
      ['cable', /^7 arrived, 0 lost, 0 under way$/],
    ],
  },
  {
    law: 'arrivals-counted',
    what: 'an interface counts a frame twice',
    plant: (world) => {
      client(world).nic.counters.received += 1;
    },
    witnesses: [
      ['cable', /^7 frames came out$/],
      ['client.nic', /^8 frames reached the interfaces$/],
    ],
  },
  {
    law: 'corrupted-refused',
    what: 'an interface takes a frame with a flipped bit',
    plant: (world) => {
      cable(world).corrupted = 1;
    },
    witnesses: [
      ['cable', /^1 frame came out with flipped bits$/],
      ['client.nic', /^0 refused/],
    ],
  },
  {
    law: 'frame-size',
    what: 'a frame loses its end',
    plant: (world) => {
      const { flights } = cable(world);
      flights.splice(0, 1, ...flights.slice(0, 1).map(cutShort));
    },
    witnesses: [
      ['cable', /^frame 7 has 20 octets$/],
      ['server.nic', /64 to 1518/],
    ],
  },
  {
    law: 'nothing-comes-early',
    what: 'a frame should have arrived',
    plant: (world) => {
      const { flights } = cable(world);
      flights.splice(0, 1, ...flights.slice(0, 1).map((each) => ({ ...each, arriveNs: 9 })));
    },
    witnesses: [
      ['cable', /^frame 7 is under way at 24\d{4} ns$/],
      ['server.nic', /arrives at 9 ns$/],
    ],
  },
  {
    law: 'acknowledged-was-sent',
    what: 'the client wants what comes after the page',
    plant: (world) => {
      changeConnection(client(world), ({ receive }) => ({
        receive: { ...receive, nxt: receive.nxt + 1000 },
      }));
    },
    witnesses: [
      ['client.os', /acknowledges all before number 1001$/],
      ['server.os', /^port 80 has sent only what is before number 399$/],
    ],
  },
  {
    law: 'acknowledged-is-there',
    what: 'the server forgets half of the page',
    plant: (world) => {
      changeConnection(server(world), ({ send }) => ({ send: { ...send, una: send.una + 200 } }));
    },
    witnesses: [
      ['server.os', /^port 80 has forgotten what is before number 201$/],
      ['client.os', /still waits for number 1$/],
    ],
  },
  {
    law: 'stream-unchanged',
    what: 'three octets come that are not those of the page',
    plant: (world) => {
      changeConnection(client(world), ({ receive }) => ({
        receive: {
          ...receive,
          nxt: receive.nxt + 3,
          buffer: append(EMPTY, Uint8Array.of(72, 84, 0)),
        },
      }));
    },
    witnesses: [
      ['server.os', /^octet 3 was written as 84$/],
      ['client.os', /^octet 3 will be read as 0$/],
    ],
  },
  {
    law: 'x0-is-zero',
    what: 'an instruction writes x0',
    plant: (world) => {
      client(world).machine?.cpu.x.set([5], 0);
    },
    witnesses: [
      ['client.cpu', /^x0 holds 5$/],
      ['client.cpu', /always 0/],
    ],
  },
  {
    law: 'one-process-runs',
    what: 'a process that waits is said to run',
    plant: (world) => {
      changeProcess(client(world), 1, { state: 'running' });
    },
    witnesses: [
      ['client.os', /^the CPU is given to nobody$/],
      ['client.os', /^process 1 runs$/],
    ],
  },
  {
    law: 'one-process-runs',
    what: 'the processor executes a program that was not chosen',
    plant: (world) => {
      changeKernel(server(world), () => ({ current: null }));
      changeProcess(server(world), 1, { state: 'blocked' });
    },
    witnesses: [
      ['server.os', /^the CPU is given to nobody$/],
      ['server.cpu', /user mode/],
    ],
  },
  {
    law: 'memory-is-private',
    what: 'memory protection lets a program reach more',
    plant: (world) => {
      const memory = values(server(world).fields.kernel.processes)[0]?.memory;
      changeProcess(server(world), 1, { memory: { ...memory, to: (memory?.to ?? 0) - 4096 } });
    },
    witnesses: [
      ['server.os', /^process 1 has the memory 0x80010000 to before/],
      ['server.cpu', /^its program may reach 0x80010000 to before/],
    ],
  },
];

function cutShort<F extends { readonly octets: Uint8Array }>(flight: F): F {
  return { ...flight, octets: flight.octets.subarray(0, 20) };
}

function pageUnderWay(): World {
  const run = history.create(scenario.world);
  history.runTo(run, endOf(PAGE_NS));
  return run.world;
}

describe('a fault that is planted breaks the law', () => {
  test.each(PLANTED)('$law: $what', ({ law, plant, witnesses }) => {
    const world = pageUnderWay();
    expect(check(world, NAMES).filter(({ holds }) => !holds)).toEqual([]);
    plant(world);
    const [verdict] = check(world, [law]);
    expect(verdict?.holds).toBe(false);
    expect(verdict?.witnesses.map(({ part }) => part)).toEqual(witnesses.map(([part]) => part));
    witnesses.forEach(([, says], index) => {
      expect(verdict?.witnesses[index]?.says).toMatch(says);
    });
    expect(verdict?.why).toContain(verdict?.witnesses[1]?.says);
  });

  test('no law is left out', () => {
    expect(new Set(PLANTED.map(({ law }) => law))).toEqual(new Set(NAMES));
  });
});

/** Of the scenario's own world, at the first moment after `fromNs` with a frame under way. */
function frameUnderWay({ world, endsAtNs }: Scenario, fromNs: number): World {
  const run = history.create(world);
  history.runTo(run, endOf(fromNs));
  while (cable(run.world).flights.length === 0 && run.world.at.timeNs < endsAtNs)
    history.runTo(run, endOf(endsAtNs), 1);
  return run.world;
}

/** Can any of the faults above break it there; some of them find nothing there to break. */
function canFail(law: InvariantName, world: () => World): boolean {
  return PLANTED.filter((planted) => planted.law === law).some(({ plant }) => {
    const broken = world();
    try {
      plant(broken);
    } catch {
      return false;
    }
    return check(broken, [law]).some(({ holds }) => !holds);
  });
}

test.each([
  { story: scenario, fromNs: PAGE_NS },
  { story: ping, fromNs: 0 },
])('$story.slug lists the laws that could fail in it, and no other', ({ story, fromNs }) => {
  const world = (): World => frameUnderWay(story, fromNs);
  expect(cable(world()).flights).toHaveLength(1);
  expect(NAMES.filter((law) => canFail(law, world))).toEqual(
    NAMES.filter((law) => story.invariants.includes(law)),
  );
});

/** What was broken on the way, looked at after every piece of work. */
function brokenIn(run: history.Run, untilNs: number): string[] {
  const wrong = new Set<string>();
  while (!history.runTo(run, endOf(untilNs), 1))
    for (const { name, why } of check(run.world, NAMES))
      if (why !== null) wrong.add(`${name} ${why}`);
  return [...wrong];
}

test.each([
  { name: 'the page', world: scenario.world, untilNs: 450_000 },
  { name: 'ping', world: pingWorld(1), untilNs: 3_000_000 },
])('all hold in $name, whatever is done', ({ world, untilNs }) => {
  const log = fc.array(inputOf({ atNs: fc.nat(untilNs), longestDelayNs: 100_000 }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(log, (inputs) => {
      expect(brokenIn(history.create(world, inputs), untilNs)).toEqual([]);
    }),
    { numRuns: 60, seed: 1 },
  );
});

test('all hold before anything has happened', () => {
  expect(check(create(scenario.world), NAMES).every(({ holds }) => holds)).toBe(true);
});
