/** Chapters and knobs by the command line. */
import { beforeAll, describe, expect, test } from 'vitest';
import { chapterRows, wrongWith } from '../../src/cli/chapters';
import { asks, behind, chapter, FRAME, ping, told } from '../simulator/scenario/stories';
import { sim } from './sim';

type Row = { readonly id: string; readonly at: string | null; readonly timeNs: number | null };
type Knob = {
  readonly name: string;
  readonly range: { readonly kind: string; readonly least: number; readonly preset: number };
};
type Listed = {
  readonly slug: string;
  readonly chapters: readonly { readonly id: string; readonly asks: string | null }[];
  readonly knobs: readonly Knob[];
};

const listed = (): Listed[] => JSON.parse(sim('list', '--json').stdout) as Listed[];

// The first call builds the command line.
beforeAll(() => {
  sim('list');
}, 60_000);

const tour = (): Listed => {
  const found = listed().find(({ slug }) => slug === 'fetch-a-page');
  if (found === undefined) throw new Error('there is a tour');
  return found;
};

describe('chapters', () => {
  test('all are listed, and come in their order; exit 0', () => {
    const { chapters } = tour();
    const done = sim('run', 'fetch-a-page', '--chapters', '--json');
    expect([done.status, done.stderr]).toEqual([0, '']);
    const rows = (JSON.parse(done.stdout) as { chapters: Row[] }).chapters;
    expect(rows.map(({ id }) => id)).toEqual(chapters.map(({ id }) => id));
    const times = rows.map(({ timeNs }) => timeNs);
    expect(times).toEqual(times.toSorted((a, b) => (a ?? NaN) - (b ?? NaN)));
    expect(chapters.some(({ asks }) => asks !== null)).toBe(true);
  });

  test('each with its answer, in words', () => {
    const { stdout } = sim('run', 'fetch-a-page', '--chapters');
    const asked = tour().chapters.filter(({ asks }) => asks !== null);
    expect(stdout.match(/^ +answer: ./gm)).toHaveLength(asked.length);
    for (const { id } of tour().chapters) expect(stdout).toMatch(new RegExp(`^ {2}${id} `, 'm'));
  });

  test('in a run that is cut short, those that do not come are named; that is no error', () => {
    const done = sim('run', 'fetch-a-page', '--chapters', '--until', '30us');
    expect(done.status).toBe(0);
    expect(done.stdout).toMatch(/not reached/);
  });
});

describe('a story that is wrong in the run that it was written for', () => {
  const never = { see: 'note', kind: 'singing' } as const;
  test.each([
    ['does not come to a chapter', [chapter('song', behind(never))], /chapter song: not reached/],
    [
      'goes back',
      [
        chapter('begin', 'start'),
        chapter('late', behind(FRAME, { nth: 2 })),
        chapter('early', behind(FRAME, { after: 'begin' })),
      ],
      /chapter early: stops before the chapter that it follows/,
    ],
    [
      'asks what cannot be found out',
      [chapter('begin', 'start', asks({ kind: 'part', fits: never }))],
      /chapter begin: In this run it does not come/,
    ],
    ['is no story', [chapter('a b', 'start')], /chapter a b, id: must be of letters/],
  ])('%s', (_, chapters, said) => {
    const scenario = told(ping, chapters);
    expect(wrongWith(scenario, chapterRows(scenario, [])).join('\n')).toMatch(said);
  });

  test('and one that is right', () => {
    const scenario = told(ping, [chapter('begin', 'start'), chapter('sent', behind(FRAME))]);
    expect(wrongWith(scenario, chapterRows(scenario, []))).toEqual([]);
  });
});

describe('knobs', () => {
  const numbers = (): Knob[] => tour().knobs.filter(({ range }) => range.kind === 'number');

  test('turned, the run is another one and says so; at its preset it is the same', () => {
    const [knob] = numbers();
    if (knob === undefined) throw new Error('the tour has a knob');
    const run = (value: number): { hash: string; knobs: object; endedAtNs: number } =>
      JSON.parse(
        sim('run', 'fetch-a-page', '--json', '--until', '300us', '--set', `${knob.name}=${value}`)
          .stdout,
      ) as never;
    const plain = JSON.parse(sim('run', 'fetch-a-page', '--json', '--until', '300us').stdout) as {
      hash: string;
    };
    expect(run(knob.range.least).hash).not.toBe(plain.hash);
    expect(run(knob.range.least).knobs).toEqual({ [knob.name]: knob.range.least });
    expect(run(knob.range.preset).hash).toBe(plain.hash);
  });

  test.each([
    [['--set', 'nonsense'], /--set nonsense.*say knob=value/],
    [['--set', 'rte=3'], /fetch-a-page: There is no knob "rte".*There are: /],
    [['--set', 'rate=-1'], /"rate" cannot stand at -1: say a number from/],
    [['--set', 'rate=fast'], /"rate" cannot stand at "fast"/],
    [['--set', 'rate=100', '--set', 'rate=10'], /rate is set twice/],
    [['--set', 'rate=100', '--replay', 'x'], /--set: a recording/],
  ])('%j is a misuse: status 2', (words, said) => {
    const done = sim('run', 'fetch-a-page', ...words);
    expect([done.status, done.stdout]).toEqual([2, '']);
    expect(done.stderr).toMatch(said);
  });
});
