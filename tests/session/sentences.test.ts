import { describe, expect, test } from 'vitest';
import { endOf, run, step, type Move, type Note, type Plain } from '../../simulator';
import { namesOf } from '../../src/session/names';
import { sentenceOf } from '../../src/session/sentences';
import {
  collector,
  emptyStretch,
  movesAndNotes,
  sentenceOfStretch,
  withLines,
} from '../../src/session/stretch';
import { page, ping } from './scenarios';

const names = namesOf(ping.world);
const at = { timeNs: 10, source: 0, n: 1, micro: 0 };
const note = (part: string, what: { readonly kind: string } & Plain): Note => ({
  id: 'n',
  at,
  fine: false,
  cause: null,
  part,
  kind: what.kind,
  what,
});
const move = (kind: string, from: string, to: string, what: Plain): Move => ({
  ...{ id: 'm', at, fine: false, cause: null, departNs: 10, arriveNs: 10 },
  ...{ kind, from, to, what },
});
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const flight = { from: 0, octets: new Uint8Array(64), faults: [] } as never;

test.each<[Move | Note, string | RegExp]>([
  [
    note('cable', { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } }),
    'Somebody drops the next frame on the cable.',
  ],
  [
    note('cable', { kind: 'fault', cable: 'cable', fault: { kind: 'corrupt' }, frame: 3 }),
    'Somebody flips a bit of frame 3 on the cable.',
  ],
  [note('cable', { kind: 'cut', cable: 'cable' }), 'Somebody cuts the cable.'],
  [note('cable', { kind: 'cut' }), 'The cable is cut: nothing gets through.'],
  [note('cable', { kind: 'mended' }), 'The cable is whole again.'],
  [
    note('cable', { kind: 'lost', flight, why: 'dropped by hand' }),
    /^A frame for Computer B is lost, dropped by hand: /,
  ],
  [
    move('frame', 'client.nic', 'server.nic', { octets: new Uint8Array(64) }),
    /^Computer A sends a frame: /,
  ],
  [
    move('frame', 'client.nic', 'server.nic', { octets: new Uint8Array(64), copyOf: 0 }),
    /^Computer A has a copy of its frame on the way: /,
  ],
  [
    note('cable', { kind: 'ignored', why: 'frame 9 is not under way' }),
    'Nothing was done to the cable: frame 9 is not under way.',
  ],
  [
    note('client', { kind: 'type', host: 'client', octets: text('hi\nthere') }),
    'Somebody types “hi…” on Computer A.',
  ],
  [
    note('client', { kind: 'flip', host: 'client', address: 0x8001_0000, bit: 3 }),
    'Somebody flips bit 3 of the octet at 0x80010000 in the RAM of Computer A.',
  ],
  [
    note('client.ram', { kind: 'flipped', address: 0x8001_0000, bit: 3, was: 1, is: 9 }),
    'The octet at 0x80010000 of Computer A was 1 and is now 9: a bit of RAM has flipped.',
  ],
  [
    note('server', { kind: 'kill', host: 'server', process: 1 }),
    'Somebody kills process 1 on Computer B.',
  ],
  [
    note('cable', { kind: 'set', cable: 'cable', field: 'bitsPerSecond', value: 10_000_000 }),
    'Somebody changes the cable: 10 Mbit/s.',
  ],
  [
    move('key', 'client.keyboard', 'client.console', { octets: text('\n') }),
    'Somebody presses Enter on the keyboard of Computer A.',
  ],
  [
    note('server.nic', { kind: 'dropped', why: 'its FCS is wrong', lengthOctets: 64 }),
    'The network interface of Computer B drops a frame of 64 octets: its FCS is wrong.',
  ],
  [note('client.os', { kind: 'booted', hostname: 'client' }), /^Computer A starts/],
  [
    note('client.os', {
      kind: 'blocked',
      process: 1,
      name: 'ping',
      call: 'recvfrom',
      why: 'a message',
    }),
    'ping (process 1) waits in recvfrom for a message.',
  ],
  [
    move('interrupt', 'client.timer', 'client.os', { line: 'timer' }),
    'The timer of Computer A interrupts its processor.',
  ],
  [
    move('dma', 'client.ram', 'client.nic', { kind: 'fetched', lengthOctets: 60 }),
    'The network interface of Computer A copies 60 octets out of RAM (DMA).',
  ],
  [
    move('call', 'client.process.1', 'client.os', { kind: 'close', fd: 3 }),
    'Process 1 on Computer A calls close(3).',
  ],
  [
    move('return', 'client.os', 'client.process.1', { name: 'socket' }),
    'socket returns to process 1 on Computer A.',
  ],
  [
    move('print', 'client.os', 'client.console', { octets: text('PING') }),
    'Computer A prints “PING”.',
  ],
  [move('telepathy', 'client.os', 'server.os', null), 'Computer A: telepathy.'],
])('%# in words', (seen, words) => {
  const said = sentenceOf(seen, names);
  if (typeof words === 'string') expect(said).toBe(words);
  else expect(said).toMatch(words);
});

test.each([ping, page])(
  'everything that a whole run shows has a sentence without a hole',
  (each) => {
    const { world } = each;
    const endsAtNs = 6_000_000;
    const ran = run.create(world, [
      { atNs: 20_000, deed: { kind: 'fault', cable: 'cable', fault: { kind: 'corrupt' } } },
      { atNs: 900_000, deed: { kind: 'cut', cable: 'cable' } },
    ]);
    const said: string[] = [];
    const hear = (seen: Move | Note): number => said.push(sentenceOf(seen, names));
    ran.world.see.sink = { fine: true, move: hear, note: hear };
    run.runTo(ran, endOf(endsAtNs));
    // Closely, too: some instructions and their words.
    run.seek(ran, endOf(60_000));
    for (let count = 0; count < 200; count++)
      step.forward(ran, 'instruction', endOf(endsAtNs), Infinity);
    expect(said.length).toBeGreaterThan(60);
    for (const sentence of said) {
      expect(sentence).toMatch(/^\S.*[.!?]$/s);
      expect(sentence).not.toMatch(/undefined|NaN|\[object|null/);
    }
  },
);

describe('a stretch', () => {
  const stretchOf = (...all: readonly (Move | Note)[]): ReturnType<typeof emptyStretch> => {
    const stretch = emptyStretch();
    const sink = collector(stretch, true);
    for (const seen of all) sink.note(seen as Note);
    return stretch;
  };
  const blocked = note('client.os', { kind: 'switched', from: null, to: null, why: 'x' });
  const print = move('print', 'client.os', 'client.console', { octets: text('a') });
  const call = move('call', 'client.process.1', 'client.os', { kind: 'getpid' });
  const fine = {
    ...move('dma', 'client.ram', 'client.nic', { kind: 'fetched', lengthOctets: 1 }),
    fine: true,
  };

  test('is summed up by what tells the most, or by what the grain looks for', () => {
    const stretch = stretchOf(call, print, blocked, fine);
    expect(sentenceOfStretch(stretch, null, names)).toBe('Computer A prints “a”.');
    expect(sentenceOfStretch(stretch, 'call', names)).toMatch(/calls getpid/);
    expect(sentenceOfStretch(stretchOf(fine), null, names)).toMatch(/DMA/);
    expect(sentenceOfStretch(stretchOf(), null, names)).toBeNull();
  });

  test('keeps the latest of too many, and never loses a frame among micro-steps', () => {
    const stretch = stretchOf(call, ...Array.from({ length: 3000 }, () => fine));
    const { moves } = movesAndNotes(stretch);
    expect(moves).toHaveLength(401);
    expect(moves[0]).toEqual(call);
  });

  test('adds its lines to the log, which holds the latest forty', () => {
    const lines = Array.from({ length: 50 }, (_, k) => ({ ...print, id: `p${k}` }));
    const log = withLines([], stretchOf(call, ...lines), names);
    expect(log).toHaveLength(40);
    expect(log.at(-1)).toMatchObject({
      id: 'p49',
      part: 'client.os',
      sentence: 'Computer A prints “a”.',
    });
    expect(withLines(log, stretchOf(call), names)).toBe(log);
  });
});
