import { expect, test } from 'vitest';
import { Client, type WorkerLike } from '../../../src/session/client';
import type { Letter, Post, Reply } from '../../../src/session/protocol';
import { moment } from '../fixtures/moment';

type Made = WorkerLike & { readonly letters: Letter[]; ended: boolean };

/** A client whose workers are kept, so that a test can speak and die for them. */
function clientOf(): { client: Client; workers: Made[]; heard: unknown[] } {
  const workers: Made[] = [];
  const heard: unknown[] = [];
  const start = (): WorkerLike => {
    const letters: Letter[] = [];
    const worker: Made = {
      letters,
      ended: false,
      postMessage: (letter: Letter) => letters.push(letter),
      terminate: () => (worker.ended = true),
      onmessage: null,
      onerror: null,
      onmessageerror: null,
    };
    workers.push(worker);
    return worker;
  };
  const hearer = {
    heard: (reply: Reply, id: number | null) => heard.push([id, reply.kind]),
    lost: () => heard.push('lost'),
    failed: (why: string) => heard.push(why),
  };
  return { client: new Client(hearer, start), workers, heard };
}

const say = (worker: Made | undefined, id: number | null, reply: Reply): void =>
  worker?.onmessage?.({ data: { id, reply } } as MessageEvent<Post>);
const die = (worker: Made | undefined): void =>
  worker?.onerror?.({ message: 'out of memory' } as ErrorEvent);
const shown: Reply = { kind: 'moment', moment: moment(), opened: null };

test('moments are heard under their order’s number, links are promises', async () => {
  const { client, workers, heard } = clientOf();
  const seek = client.send({ kind: 'seek', to: 5 }, { a: { view: 'os', part: 'client' } });
  const link = client.ask({ kind: 'link', room: null, grain: 'event' }, {});
  expect(workers[0]?.letters.map(({ id, order: { kind } }) => [id, kind])).toEqual([
    [1, 'seek'],
    [2, 'link'],
  ]);
  say(workers[0], seek, shown);
  say(workers[0], 2, { kind: 'link', link: 'abc' });
  say(workers[0], null, { kind: 'marks', marks: [], doneToNs: 1 });
  expect(await link).toEqual({ kind: 'link', link: 'abc' });
  expect(heard).toEqual([
    [1, 'moment'],
    [null, 'marks'],
  ]);
});

test('a worker that dies is started again at the moment last seen', async () => {
  const { client, workers, heard } = clientOf();
  client.send({ kind: 'open', slug: 'ping', link: null }, {});
  die(workers[0]);
  expect(workers[1]?.letters[0]?.order).toEqual({ kind: 'open', slug: 'ping', link: null });
  say(workers[1], 2, shown);
  const asked = client.ask({ kind: 'pcap', cable: 'cable' }, {});
  die(workers[1]);
  expect(workers[2]?.letters[0]?.order).toMatchObject({
    kind: 'reopen',
    place: { slug: 'ping', seed: 1, timeNs: 12_000 },
  });
  expect((await asked).kind).toBe('refused');
  expect(heard).toEqual(['lost', [2, 'moment'], 'lost']);
  expect(workers.map(({ ended }) => ended)).toEqual([true, true, false]);
});

test('one that is started again has the knobs as they were before the start, not as they are now', () => {
  const { client, workers } = clientOf();
  client.send({ kind: 'open', slug: 'ping', link: null }, {});
  const turned = moment({ knobs: { rate: 10, cycle: 20 }, turned: { cycle: 20 } });
  say(workers[0], 1, { kind: 'moment', moment: turned, opened: null });
  die(workers[0]);
  expect(workers[1]?.letters[0]?.order).toMatchObject({
    kind: 'reopen',
    place: { knobs: { cycle: 20 } },
  });
});

test('one that dies again and again is given up, and says why', async () => {
  const { client, workers, heard } = clientOf();
  for (const index of [0, 1, 2]) die(workers[index]);
  expect(workers).toHaveLength(3);
  expect(heard.slice(0, 2)).toEqual(['lost', 'lost']);
  expect(heard[2]).toMatch(/out of memory.*Reload the page/);
  const asked = client.ask({ kind: 'link', room: null, grain: 'event' }, {});
  expect(await asked).toEqual({ kind: 'refused', why: heard[2] });
});
