/** The engine's answers: each kind against what the run itself shows, in pieces and on a fork. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  endOf,
  foresee,
  format,
  hash,
  isGuess,
  look,
  registerName,
  run as history,
  START,
  type Guess,
  type Input,
  type Pattern,
  type Prediction,
  type Question,
  type Scenario,
} from '../../../simulator';
import { ARRIVED, asks, DMA, ECHO_REPLY, ECHO_REQUEST, FRAME, LOST, page, ping } from './stories';

const AT_START = { at: START, timeNs: START.timeNs };

function ask(
  scenario: Scenario,
  question: Question,
  {
    given,
    atNs = -1,
    inputs = [],
  }: { given?: Prediction['given']; atNs?: number; inputs?: Input[] } = {},
): foresee.Foreseen {
  const run = history.create(scenario.world, inputs);
  if (atNs >= 0) history.seekTime(run, atNs);
  const from = atNs < 0 ? AT_START : { at: run.world.at, timeNs: atNs };
  const before = [format(run.world.at), hash(run.world), format(run.scout.at), run.inputs.length];
  const found = foresee.answer(
    run,
    from,
    asks(question, given),
    scenario.endsAtNs,
    scenario.longestNs,
  );
  expect([format(run.world.at), hash(run.world), format(run.scout.at), run.inputs.length]).toEqual(
    before,
  );
  return found;
}

const option = (label: string, fits: Pattern) => ({ label, fits });
const choice = (...fits: Pattern[]): Question => ({
  kind: 'choice',
  options: fits.map((each, index) => option(`option ${index}`, each)),
});
const order = (...fits: Pattern[]): Question => ({ ...choice(...fits), kind: 'order' }) as Question;
const number = (of: Extract<Question, { kind: 'number' }>['of'], divisor = 1): Question => ({
  kind: 'number',
  of,
  unit: 'its own',
  divisor,
});

const ARP: Pattern = { ...FRAME, frame: { ARP: {} } };
const PRINT: Pattern = { see: 'move', kind: 'print' };
const NEVER: Pattern = { see: 'note', kind: 'singing' };
const RETURNED = { see: 'note', kind: 'returned', part: 'client' } as const;

describe('answers of ping', () => {
  // ping prints its first line at 2,130 ns; the first frame leaves at 5,290 and takes 5,860.
  test.each<[name: string, question: Question, answer: Guess]>([
    ['which comes first', choice(ECHO_REQUEST, ARP), { kind: 'choice', option: 1 }],
    ['what never comes does not', choice(NEVER, ECHO_REPLY), { kind: 'choice', option: 1 }],
    [
      'none of these',
      choice(NEVER, { ...NEVER, kind: 'dancing' }),
      { kind: 'choice', option: null },
    ],
    ['the order', order(ECHO_REPLY, ECHO_REQUEST, ARP), { kind: 'order', order: [2, 1, 0] }],
    [
      'the order in one event',
      order(
        { ...RETURNED, what: { call: 'sendto' } },
        { see: 'note', kind: 'arp', part: 'client' },
      ),
      { kind: 'order', order: [1, 0] },
    ],
    ['where a frame arrives', { kind: 'part', fits: FRAME }, { kind: 'part', part: 'server.nic' }],
    ['who says that it arrived', { kind: 'part', fits: ARRIVED }, { kind: 'part', part: 'cable' }],
    ['where DMA goes', { kind: 'part', fits: DMA }, { kind: 'part', part: 'client.nic' }],
    ['how long', number({ timeTo: FRAME }), { kind: 'number', value: 5_290 }],
    ['how long, in µs', number({ timeTo: ARRIVED }, 1000), { kind: 'number', value: 11.15 }],
    [
      'how long until a move that departs later',
      number({ timeTo: PRINT }),
      { kind: 'number', value: 2_130 },
    ],
    ['how many', number({ count: ECHO_REQUEST }), { kind: 'number', value: 3 }],
    ['how many of none', number({ count: NEVER }), { kind: 'number', value: 0 }],
    ['how many until', number({ count: FRAME, until: ECHO_REPLY }), { kind: 'number', value: 3 }],
    [
      'how many until what never comes',
      number({ count: FRAME, until: NEVER }),
      { kind: 'number', value: 8 },
    ],
    [
      'what is counted does not count itself',
      number({ count: FRAME, until: FRAME }),
      { kind: 'number', value: 0 },
    ],
    [
      'which value',
      number({ value: { ...RETURNED, what: { call: 'sendto' } }, at: 'reply.value' }),
      { kind: 'number', value: 64 },
    ],
    ['which length', number({ value: FRAME, at: 'octets.length' }), { kind: 'number', value: 64 }],
  ])('%s', (_, question, answer) => {
    const found = ask(ping, question);
    expect(found).toMatchObject({ answer, why: null });
    expect(isGuess(question, found.answer)).toBe(true);
  });

  test('of several at one time, the first decides', () => {
    // ping calls write, sendto, recvfrom and nanosleep in one event; the last has no `fd`.
    const call = { see: 'move', kind: 'call', from: 'client' } as const;
    const found = ask(ping, number({ value: call, at: 'fd' }), { atNs: 500 });
    expect(found.answer).toEqual({ kind: 'number', value: 1 });
  });

  test('of a moment later, only what comes then counts', () => {
    expect(ask(ping, choice(ARP, ECHO_REPLY), { atNs: 1_000_000 }).answer).toEqual({
      kind: 'choice',
      option: 1,
    });
    expect(ask(ping, number({ timeTo: ECHO_REQUEST }), { atNs: 30_000 }).answer).toEqual({
      kind: 'number',
      value: 1_010_095 - 30_000,
    });
  });

  test.each<[name: string, question: Question, why: RegExp]>([
    ['an order of what does not come', order(FRAME, NEVER), /“option 1” does not come/],
    ['the part of nothing', { kind: 'part', fits: NEVER }, /does not come/],
    ['the time to nothing', number({ timeTo: NEVER }), /does not come/],
    ['a value that is no number', number({ value: FRAME, at: 'cable' }), /no such number/],
    [
      'registers where none are',
      { kind: 'cells', of: { kind: 'registers', host: 'client' }, changedBy: FRAME },
      /client has nothing/,
    ],
  ])('%s cannot be found out, and it is said why', (_, question, why) => {
    const found = ask(ping, question);
    expect(found.answer).toBe(null);
    expect(found.why).toMatch(why);
  });
});

describe('what is supposed', () => {
  test('is done on the fork, and its consequences are waited for', () => {
    const question = choice(ECHO_REPLY, { see: 'note', kind: 'lost' });
    expect(ask(ping, question).answer).toEqual({ kind: 'choice', option: 0 });
    const found = ask(ping, question, { given: LOST });
    expect(found.answer).toEqual({ kind: 'choice', option: 1 });
    // Lost ARP is asked for again after a second, long after the authored run has ended.
    const arrival = number({ timeTo: ARRIVED });
    const { answer } = ask(ping, arrival, { given: LOST });
    expect(answer?.kind === 'number' && answer.value).toBeGreaterThan(ping.endsAtNs);
  });

  test('comes after what was done before it, and stands in the log of the fork', () => {
    const earlier: Input = {
      atNs: 3,
      deed: { kind: 'type', host: 'client', octets: Uint8Array.of(65) },
    };
    const later: Input = { ...earlier, atNs: 2_000_000 };
    const run = history.create(ping.world, [earlier, later]);
    history.seekTime(run, 500_000);
    const from = { at: run.world.at, timeNs: 500_000 };
    const foresight = foresee.begin(run, from, asks(choice(FRAME, NEVER), LOST), ping.endsAtNs);
    expect(foresight.inputs.map(({ atNs }) => atNs)).toEqual([3, 500_000, 2_000_000]);
  });

  test('a frame that is not under way cannot be lost: that is no answer', () => {
    const deeds = [{ kind: 'fault', cable: 'cable', frame: 77, fault: { kind: 'drop' } }] as const;
    const found = ask(ping, choice(ARP, ECHO_REPLY), {
      given: { words: 'frame 77 is lost', deeds },
    });
    expect(found).toMatchObject({
      answer: null,
      why: expect.stringContaining('frame 77 is not under way') as string,
    });
  });
});

const registersAt = (atNs: number): Map<string, number> => {
  const run = history.create(page.world);
  history.seek(run, endOf(atNs));
  const view = look(run.world, { view: 'processor', part: 'client' });
  if (view?.kind !== 'rv32') throw new Error('the client has registers');
  return new Map(view.registers.map(({ name, value }) => [name, value]));
};

describe('cells', () => {
  const by: Pattern = { see: 'move', kind: 'call', from: 'client.cpu', what: { name: 'connect' } };
  const cells = (changedBy: Pattern): Question => ({
    kind: 'cells',
    of: { kind: 'registers', host: 'client' },
    changedBy,
  });

  test('registers that differ between the question and the first that fits', () => {
    const { answer, witnesses } = ask(page, cells(by));
    const [witness] = witnesses;
    const [before, after] = [registersAt(-1), registersAt(witness?.timeNs ?? 0)];
    const expected = [...after.keys()].filter((name) => before.get(name) !== after.get(name));
    expect(answer).toEqual({ kind: 'cells', cells: expected });
    expect(expected.length).toBeGreaterThan(3);
  });

  test('from inside an instruction on, the next micro-step that writes a register writes one', () => {
    const written: Pattern = {
      see: 'move',
      kind: 'register',
      from: 'client.cpu.result',
      fine: true,
    };
    const run = history.create(page.world);
    const { endsAtNs } = page;
    const first = foresee.answer(run, AT_START, asks(cells(written)), endsAtNs).witnesses[0];
    if (first === undefined) throw new Error('an instruction writes a register');
    expect([first.seen.fine, first.at.micro > 0]).toEqual([true, true]);
    const next = foresee.answer(run, first, asks(cells(written)), endsAtNs);
    const { to } = next.witnesses[0]?.seen as { to: string };
    expect(next.witnesses[0]?.at).not.toEqual(first.at);
    const [, number = ''] = /^client\.cpu\.x(\d+)$/.exec(to) ?? [];
    expect(next.answer).toEqual({ kind: 'cells', cells: [registerName(Number(number))] });
  });

  test('words of RAM that DMA stores', () => {
    const view = { see: 'move', kind: 'dma', to: 'client.ram', fine: true } as const;
    const where = ask(page, number({ value: view, at: 'address' })).answer;
    if (where?.kind !== 'number') throw new Error('DMA has an address');
    const of = { kind: 'words', host: 'client', from: where.value, count: 16 } as const;
    const { answer } = ask(page, { kind: 'cells', of, changedBy: view });
    const name = `0x${where.value.toString(16).padStart(8, '0')}`;
    expect(answer?.kind === 'cells' && answer.cells).toContain(name);
    expect(answer?.kind === 'cells' && answer.cells.length).toBeLessThanOrEqual(16);
  });
});

test('in pieces of any size it is the same answer', () => {
  const questions = [
    choice(ECHO_REPLY, ARP),
    order(ECHO_REPLY, DMA),
    number({ count: FRAME }),
    {
      kind: 'cells',
      of: { kind: 'registers', host: 'client' },
      changedBy: { ...FRAME, frame: { HTTP: {} } },
    } as Question,
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...questions),
      fc.constantFrom(ping, page),
      fc.integer({ min: 5, max: 400 }),
      fc.option(fc.constant(LOST), { nil: undefined }),
      (question, scenario, mostSteps, given) => {
        const run = history.create(scenario.world);
        const prediction = asks(question, given);
        const { endsAtNs } = scenario;
        const whole = foresee.answer(run, AT_START, prediction, endsAtNs);
        const foresight = foresee.begin(run, AT_START, prediction, endsAtNs);
        let found = foresee.proceed(foresight, mostSteps);
        while (found === null) found = foresee.proceed(foresight, mostSteps);
        expect(found).toEqual(whole);
      },
    ),
    { numRuns: 12 },
  );
});

test('what goes on for ever is given up, and it is said so', () => {
  const forever: Question = number({ timeTo: { ...NEVER, fine: true } });
  const run = history.create(page.world);
  const spin = foresee.begin(run, AT_START, asks(forever), 400_000);
  spin.steps = 999_990;
  const found = foresee.proceed(spin, 1_000);
  expect(found).toMatchObject({ answer: null, why: expect.stringContaining('too long') as string });
});

test('what has not come by the end of the run does not come', () => {
  expect(ask({ ...ping, endsAtNs: 5_000 }, choice(FRAME, NEVER)).answer).toEqual({
    kind: 'choice',
    option: null,
  });
  // The call comes before the end of this run, what it prints behind it.
  expect(ask({ ...ping, endsAtNs: 2_000 }, choice(PRINT, NEVER)).answer).toEqual({
    kind: 'choice',
    option: null,
  });
});
