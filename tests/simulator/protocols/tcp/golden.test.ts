/** Stories, one behaviour each. `npx vitest -u` writes them anew; read the difference as prose. */
import { expect, test } from 'vitest';
import type { Segment } from '../../../../simulator/wire/tcp';
import {
  connect,
  create,
  established,
  LOST,
  read,
  run,
  settle,
  story,
  tell,
  WHOLE,
  write,
  type Channel,
  type Pair,
} from './pair';

const losing =
  (lost: (from: string, segment: Segment, n: number) => boolean): Channel =>
  (from, segment, n) =>
    lost(from, segment, n) ? LOST : WHOLE;

const lettersOf = (letters: string, each: number): string =>
  letters.replace(/./g, (letter) => letter.repeat(each));

const STORIES: Readonly<Record<string, () => Pair>> = {
  handshake: () => {
    const pair = create();
    connect(pair, 'client');
    run(pair, 100);
    return pair;
  },
  data: () => {
    const pair = established();
    write(pair, 'client', 'GET /');
    run(pair, 150);
    read(pair, 'server');
    write(pair, 'server', 'hello');
    run(pair, 200);
    read(pair, 'client');
    return pair;
  },
  loss: () => {
    // Of four segments the second and third are lost.
    const pair = established({ mss: 100, channel: losing((_, __, n) => n === 4 || n === 5) });
    write(pair, 'client', lettersOf('abcd', 100));
    run(pair, 5000);
    read(pair, 'server');
    return pair;
  },
  'fast-retransmit': () => {
    // Of seven segments the second is lost: three ACKs ask for it again, and no timeout is waited for.
    const pair = established({ mss: 100, channel: losing((_, __, n) => n === 4) });
    write(pair, 'client', lettersOf('abcdefg', 100));
    run(pair, 500);
    read(pair, 'server');
    return pair;
  },
  'two-lost': () => {
    // The second and the fourth are lost: a partial acknowledgment tells of the fourth (RFC 6582).
    const pair = established({ mss: 100, channel: losing((_, __, n) => n === 4 || n === 6) });
    write(pair, 'client', lettersOf('abcdefg', 100));
    run(pair, 500);
    read(pair, 'server');
    return pair;
  },
  'delayed-ack': () => {
    const pair = established({ mss: 100, settings: { server: { delayedAckNs: 40_000_000 } } });
    write(pair, 'client', lettersOf('abc', 100));
    run(pair, 300);
    return pair;
  },
  nagle: () => {
    const pair = established({ mss: 100, settings: { client: { nagle: true } } });
    write(pair, 'client', 'one ');
    write(pair, 'client', 'two ');
    write(pair, 'client', 'three ');
    run(pair, 200);
    tell(pair, 'client', { kind: 'set', settings: { nagle: false } });
    write(pair, 'client', 'four ');
    write(pair, 'client', 'five ');
    run(pair, 300);
    return pair;
  },
  'window-scale': () => {
    const scaling = { windowScale: true, receiveBufferOctets: 1_000_000 };
    const pair = create({ settings: { client: scaling, server: scaling } });
    connect(pair, 'client');
    run(pair, 100);
    write(pair, 'client', 'hello');
    run(pair, 200);
    return pair;
  },
  'orderly-close': () => {
    const pair = established();
    tell(pair, 'client', { kind: 'close' });
    run(pair, 150);
    tell(pair, 'server', { kind: 'close' });
    settle(pair);
    return pair;
  },
  'simultaneous-open': () => {
    const pair = create({ listens: [] });
    connect(pair, 'client');
    connect(pair, 'server');
    run(pair, 100);
    return pair;
  },
  'simultaneous-close': () => {
    const pair = established();
    tell(pair, 'client', { kind: 'close' });
    tell(pair, 'server', { kind: 'close' });
    settle(pair);
    return pair;
  },
  reset: () => {
    const pair = established();
    write(pair, 'client', 'half a sen');
    run(pair, 150);
    tell(pair, 'client', { kind: 'abort' });
    settle(pair);
    return pair;
  },
  refused: () => {
    const pair = create({ listens: [] });
    connect(pair, 'client');
    settle(pair);
    return pair;
  },
  'half-close': () => {
    const pair = established();
    write(pair, 'client', 'all I ask');
    tell(pair, 'client', { kind: 'close' });
    run(pair, 150);
    read(pair, 'server');
    write(pair, 'server', 'all I answer');
    tell(pair, 'server', { kind: 'close' });
    run(pair, 200);
    read(pair, 'client');
    settle(pair);
    return pair;
  },
  'zero-window': () => {
    const pair = established({ settings: { server: { receiveBufferOctets: 8 } } });
    write(pair, 'client', 'more than eight');
    run(pair, 3500);
    read(pair, 'server', 2);
    run(pair, 4000);
    read(pair, 'server', 6);
    run(pair, 4500);
    read(pair, 'server');
    return pair;
  },
  'fin-lost': () => {
    const pair = established({ channel: losing((_, { flags }, n) => n < 5 && flags.fin) });
    tell(pair, 'client', { kind: 'close' });
    run(pair, 2000);
    tell(pair, 'server', { kind: 'close' });
    settle(pair);
    return pair;
  },
  silence: () => {
    const pair = create({
      channel: losing(() => true),
      settings: { client: { synRetriesMax: 3 } },
    });
    connect(pair, 'client');
    settle(pair);
    return pair;
  },
};

test.each(Object.entries(STORIES))('%s', async (name, tellIt) => {
  const text = story(tellIt());
  expect(text.split('\n').length).toBeLessThan(60);
  await expect(text).toMatchFileSnapshot(`../../../golden/tcp-${name}.trace.txt`);
});
