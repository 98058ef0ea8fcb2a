import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Deed, Grain } from '../../simulator';
import { format, START } from '../../simulator';
import type { Moment } from '../../src/session/protocol';
import { finished, momentAfter, opened, page, ping, replyTo } from './scenarios';
import { Engine } from '../../src/session/engine';
import { sentenceAtEnd } from '../../src/session/stretch';

const GRAINS: readonly Grain[] = ['message', 'frame', 'call', 'event'];
const drop: Deed = { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } };

/** What of a moment says where it is and what is there, not how one came. */
const still = ({ at, timeNs, events, hosts, cables, inputs }: Moment): object => ({
  at,
  timeNs,
  events,
  hosts,
  cables,
  inputs,
});

describe('a run that is looked at', () => {
  test('begins before anything has happened', () => {
    const { atStart, atEnd, timeNs, sentence, hosts } = opened().moment({});
    expect({ atStart, atEnd, timeNs, sentence }).toEqual({
      atStart: true,
      atEnd: false,
      timeNs: -1,
      sentence: 'Nothing has happened yet.',
    });
    expect(hosts.map(({ title, address, doing, busy }) => [title, address, doing, busy])).toEqual([
      ['Computer A', '10.0.0.1', 'about to start', false],
      ['Computer B', '10.0.0.2', 'about to start', false],
    ]);
  });

  test('steps of frames tell of each frame in its order', () => {
    const engine = opened();
    const said = Array.from(
      { length: 4 },
      () => momentAfter(engine, { kind: 'step', grain: 'frame', direction: 1 }).sentence,
    );
    expect(said).toEqual([
      expect.stringMatching(/^Computer A sends a frame: ARP.*10\.0\.0\.2/),
      expect.stringMatching(/^A frame reaches Computer B: ARP/),
      expect.stringMatching(/^Computer B sends a frame: ARP/),
      expect.stringMatching(/^A frame reaches Computer A: ARP/),
    ]);
  });

  test('its end: the answers are printed, nothing comes after', () => {
    const engine = opened();
    const end = momentAfter(engine, { kind: 'seek', to: ping.endsAtNs });
    expect(end).toMatchObject({ atEnd: true, timeNs: ping.endsAtNs, nextNs: null });
    expect(end.hosts[0]?.consoleTail).toContain('3 packets transmitted, 3 received');
    expect(end.verdicts.every(({ holds }) => holds)).toBe(true);
    expect(end.log.at(-1)?.sentence).toContain('exits with status 0');
    const again = momentAfter(engine, { kind: 'step', grain: 'event', direction: 1 });
    expect(still(again)).toEqual(still(end));
  });

  test('stepping through it all ends at its end, at every grain', () => {
    for (const grain of GRAINS) {
      const engine = opened();
      let moment = engine.moment({});
      let steps = 0;
      for (; !moment.atEnd && steps < 500; steps++)
        moment = momentAfter(engine, { kind: 'step', grain, direction: 1 });
      expect(moment.atEnd).toBe(true);
      expect(steps).toBeGreaterThan(5);
    }
  });

  test('n steps forward and n back is where one was, with the same sentences on the way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...GRAINS), fc.nat(20), fc.nat(15), (grain, lead, steps) => {
        const engine = opened();
        const step = (direction: 1 | -1): Moment =>
          momentAfter(engine, { kind: 'step', grain, direction });
        for (let done = 0; done < lead; done++) step(1);
        const there = [engine.moment({})];
        for (let done = 0; done < steps; done++) there.push(step(1));
        for (let done = steps - 1; done >= 0; done--) {
          if (there[done + 1]?.timeNs === there[done]?.timeNs && there[done]?.atEnd) continue;
          const back = step(-1);
          expect(still(back)).toEqual(still(there[done]!));
          if (lead + done > 0) expect(back.sentence).toBe(there[done]!.sentence);
          if (lead + done > 0) expect(back.moves).toEqual(there[done]!.moves);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('after a leap the frames that went before are told, after a step they are not', () => {
    const engine = opened();
    const leapt = momentAfter(engine, { kind: 'seek', to: 1_000_000 });
    const numbers = leapt.passed.moves.map(({ what }) => (what as { number: number }).number);
    expect(numbers).toEqual(Array.from({ length: leapt.cables['cable']?.sent ?? 0 }, (_, i) => i));
    expect(leapt.passed.notes.map(({ kind }) => kind)).toContain('arrived');
    const stepped = momentAfter(engine, { kind: 'step', grain: 'event', direction: 1 });
    expect(stepped.passed).toEqual({ moves: [], notes: [] });
  });

  test('a moment is the same whether one leapt, played or stepped there', () => {
    const end = 2_000_000;
    fc.assert(
      fc.property(fc.nat(end), fc.array(fc.nat(end), { maxLength: 8 }), (timeNs, stops) => {
        const leapt = momentAfter(opened(), { kind: 'seek', to: timeNs });
        const engine = opened();
        for (const toNs of stops) momentAfter(engine, { kind: 'seek', to: toNs });
        momentAfter(engine, { kind: 'seek', to: START });
        for (const toNs of [...stops.filter((stop) => stop < timeNs).sort((a, b) => a - b), timeNs])
          momentAfter(engine, { kind: 'advance', toNs });
        const played = engine.moment({});
        expect(still(played)).toEqual(still(leapt));
        expect(played.log).toEqual(leapt.log);
      }),
      { numRuns: 12 },
    );
  });

  test('questions are answered, each under its key; a foolish one with null', () => {
    const moment = momentAfter(
      opened(),
      { kind: 'look' },
      {
        nic: { view: 'nic', part: 'client' },
        nobody: { view: 'os', part: 'nobody' },
        wild: { view: 'ram', part: 'client', from: NaN, lengthOctets: -1 },
      },
    );
    expect(moment.answers['nic']).toMatchObject({ counters: { sent: 0 } });
    expect(moment.answers['nobody']).toBeNull();
    expect(Object.keys(moment.answers)).toEqual(['nic', 'nobody', 'wild']);
  });

  test('what it answers can be posted to another thread', () => {
    const moment = momentAfter(opened(), { kind: 'seek', to: 1_000_000 });
    expect(structuredClone(moment)).toEqual(moment);
  });
});

describe('machine code', () => {
  test('gets the page', () => {
    const engine = new Engine(page);
    const end = momentAfter(engine, { kind: 'seek', to: page.endsAtNs });
    expect(end.hosts[0]?.consoleTail).toContain('Hello from Computer B');
    expect(end.grains).toContain('micro');
  });

  test.each<Grain>(['call', 'event', 'instruction', 'micro'])(
    'is stepped through by %s, there and back, each step with its words',
    (grain) => {
      const engine = new Engine(page);
      const step = (direction: 1 | -1): Moment =>
        momentAfter(engine, { kind: 'step', grain, direction });
      momentAfter(engine, { kind: 'seek', to: 80_000 });
      step(1);
      const there = [engine.moment({})];
      for (let done = 0; done < 9; done++) there.push(step(1));
      expect(new Set(there.map(({ at }) => format(at))).size).toBe(10);
      for (const before of there.slice(0, -1).toReversed()) {
        const back = step(-1);
        expect(still(back)).toEqual(still(before));
        expect(back.sentence).toBe(before.sentence);
        expect(back.moves).toEqual(before.moves);
      }
    },
  );

  test('an instruction is told whole, a micro-step by the word that it moves', () => {
    const engine = new Engine(page);
    momentAfter(engine, { kind: 'seek', to: 200_000 });
    const said = (grain: Grain): string =>
      momentAfter(engine, { kind: 'step', grain, direction: 1 }).sentence;
    expect(said('instruction')).toMatch(/^Computer B executes [a-z]+ .*\. [A-Z].*\.$/);
    expect(said('micro')).toMatch(/^Computer B: 0x[0-9a-f]{8} goes from .* to .*\.$/);
  });

  test('a place inside an instruction is found again', () => {
    const engine = new Engine(page);
    momentAfter(engine, { kind: 'seek', to: 200_000 });
    momentAfter(engine, { kind: 'step', grain: 'micro', direction: 1 });
    const there = momentAfter(engine, { kind: 'step', grain: 'micro', direction: 1 });
    expect(there.at.micro).toBe(2);
    const other = new Engine(page);
    finished(other.reach(engine.place()));
    expect(still(other.moment({}))).toEqual(still(there));
  });
});

describe('what a person does', () => {
  const lost = (moment: Moment): boolean => moment.hosts[0]!.consoleTail.includes('2 received');

  test('a changed run that would never come to rest says at its end that it is cut short', () => {
    expect(sentenceAtEnd({ cutShort: false })).toBe('The run ends here.');
    expect(sentenceAtEnd({ cutShort: true })).toMatch(/would go on/);
  });

  test('a dropped frame is lost, and undoing it finds it again', () => {
    const engine = opened();
    momentAfter(engine, { kind: 'seek', to: 900_000 });
    const done = momentAfter(engine, { kind: 'deed', deed: drop });
    expect(done.inputs).toEqual([{ atNs: 900_000, deed: drop }]);
    expect(done.sentence).toBe('Somebody drops the next frame on the cable.');
    // Its answer is waited for: the run is longer than the one that nobody changed.
    expect(lost(momentAfter(engine, { kind: 'seek', to: ping.longestNs }))).toBe(true);
    expect(engine.scenario.endsAtNs).toBeGreaterThan(ping.endsAtNs);
    const undone = momentAfter(engine, { kind: 'undo' });
    expect(undone.inputs).toEqual([]);
    expect(undone.timeNs).toBe(ping.endsAtNs);
    expect(lost(undone)).toBe(false);
  });

  test('any deeds and as many undos leave the run as it was', () => {
    const deed = fc.constantFrom<Deed>(
      drop,
      { kind: 'cut', cable: 'cable' },
      { kind: 'mend', cable: 'cable' },
      { kind: 'fault', cable: 'cable', fault: { kind: 'duplicate' } },
      { kind: 'type', host: 'client', octets: Uint8Array.of(65) },
    );
    const untouched = momentAfter(opened(), { kind: 'seek', to: 3_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2_400_000), deed), { maxLength: 7 }), (deeds) => {
        const engine = opened();
        for (const [to, done] of deeds) {
          momentAfter(engine, { kind: 'seek', to });
          momentAfter(engine, { kind: 'deed', deed: done });
        }
        for (let left = deeds.length; left > 0; left--) {
          expect(engine.moment({}).inputs).toHaveLength(left);
          momentAfter(engine, { kind: 'undo' });
        }
        const back = momentAfter(engine, { kind: 'seek', to: 3_000_000 });
        expect(still(back)).toEqual(still(untouched));
        expect(back.log).toEqual(untouched.log);
      }),
      { numRuns: 10 },
    );
  });

  test.each<[string, Parameters<typeof replyTo>[1], RegExp]>([
    ['nothing to undo', { kind: 'undo' }, /nothing to undo/],
    ['no such cable', { kind: 'deed', deed: { kind: 'cut', cable: 'rope' } }, /no cable.*rope/],
    [
      'no such host',
      { kind: 'deed', deed: { kind: 'type', host: 'x', octets: new Uint8Array() } },
      /no computer/,
    ],
    [
      'a frame that is gone',
      { kind: 'deed', deed: { ...drop, frame: 99 } },
      /no longer on the cable/,
    ],
    ['no capture of nothing', { kind: 'pcap', cable: 'rope' }, /no cable/],
  ])('is refused with a reason: %s', (_, order, why) => {
    const engine = opened();
    const before = engine.moment({});
    expect(replyTo(engine, order)).toEqual({
      kind: 'refused',
      why: expect.stringMatching(why) as string,
    });
    expect(engine.moment({})).toEqual(before);
  });

  test('a scenario refuses the faults that it does not offer', () => {
    const engine = new Engine({ ...ping, faults: ['drop'] });
    const cut: Deed = { kind: 'cut', cable: 'cable' };
    expect(replyTo(engine, { kind: 'deed', deed: cut }).kind).toBe('refused');
    expect(replyTo(engine, { kind: 'deed', deed: drop }).kind).toBe('moment');
  });
});

describe('taking away', () => {
  test('a place is found again by another engine', () => {
    const engine = opened();
    momentAfter(engine, { kind: 'seek', to: 100_000 });
    momentAfter(engine, { kind: 'deed', deed: drop });
    const there = momentAfter(engine, { kind: 'step', grain: 'frame', direction: 1 });
    const place = structuredClone(engine.place());
    const other = new Engine(ping, place.inputs);
    finished(other.reach(place));
    expect(still(other.moment({}))).toEqual(still(there));
    expect(other.moment({}).log).toEqual(there.log);
  });

  test('a capture holds the frames up to the playhead', () => {
    const engine = opened();
    momentAfter(engine, { kind: 'seek', to: 12_000 });
    const early = replyTo(engine, { kind: 'pcap', cable: 'cable' });
    momentAfter(engine, { kind: 'seek', to: ping.endsAtNs });
    const late = replyTo(engine, { kind: 'pcap', cable: 'cable' });
    const length = (reply: typeof late): number =>
      reply.kind === 'pcap' ? reply.octets.length : 0;
    expect(length(early)).toBeGreaterThan(100);
    expect(length(late)).toBeGreaterThan(length(early) + 500);
  });

  test('work given up leaves the moment on show, and the next order finds its way', () => {
    const engine = opened();
    const there = momentAfter(engine, { kind: 'seek', to: 50_000 });
    for (const to of [10_000, 5_900_000]) {
      const work = engine.begin({ kind: 'seek', to }, {});
      work.next();
      work.return({ kind: 'refused', why: '' });
    }
    expect(still(momentAfter(engine, { kind: 'seek', to: 50_000 }))).toEqual(still(there));
  });

  test('after a defect the same moment is shown again', () => {
    const engine = opened();
    const there = momentAfter(engine, { kind: 'seek', to: 50_000 });
    finished(engine.recover());
    expect(still(engine.moment({}))).toEqual(still(there));
  });
});
