/**
 * Every scenario of the catalogue, walked: to its end at the coarse grains, closely around each
 * chapter at the fine ones; its chapters come, its questions have answers, and what is changed at a
 * chapter can be had again. Stories made for the purpose go the same way.
 */
import { describe, expect, test } from 'vitest';
import {
  checkScenario,
  compare,
  complaintText,
  endOf,
  foresee,
  hash,
  isGuess,
  isRight,
  locate,
  presetOf,
  run as history,
  step as steps,
  withKnobs,
  type Chapter,
  type Deed,
  type Knob,
  type KnobValue,
  type Scenario,
} from '../../simulator';
import { scenarios } from '../../src/catalogue';
import { stories } from '../simulator/scenario/stories';
import { portionOf } from './portion';
import { closeRun, endPosition, hashAt, walk, wrongGuess } from './walk';

const walked: readonly Scenario[] = [...scenarios.map(portionOf), ...stories];

/** Far more than any scenario has of the coarse ones. */
const MOST_STEPS = 100_000;
/** Around each chapter, half of them by micro-steps, half by instructions. */
const CLOSE_STEPS = 1_000;
const BACK_STEPS = 3;

type Reached = { readonly chapter: Chapter } & Extract<locate.Located, { timeNs: number }>;

/** The chapters with where they stop; one that does not come is another test's failure. */
function reachedIn(scenario: Scenario): Reached[] {
  return locate.locateAll(scenario).flatMap((located, index) => {
    const chapter = scenario.chapters[index];
    return chapter === undefined || located.at === null ? [] : [{ ...located, chapter }];
  });
}

describe.each(walked)('$slug ($title)', (scenario) => {
  const reached = reachedIn(scenario);
  const end = endPosition(scenario);

  test('nothing is wrong with it', () => {
    expect(checkScenario(scenario).map(complaintText)).toEqual([]);
  });

  test('each chapter comes, none before the one that it follows', () => {
    expect(reached.map(({ id }) => id)).toEqual(scenario.chapters.map(({ id }) => id));
    expect(locate.backwards(locate.locateAll(scenario))).toEqual([]);
    for (const { timeNs } of reached) expect(timeNs).toBeLessThanOrEqual(scenario.endsAtNs);
  });

  test.each(['event', 'frame', 'call', 'message'] as const)(
    'to its end by steps of a %s',
    (grain) => {
      const run = history.create(scenario.world);
      const { ended, count } = walk(run, grain, end, MOST_STEPS);
      expect([ended, count > 0]).toEqual([true, true]);
      expect(hash(run.world)).toBe(hashAt(scenario, end));
    },
  );

  test.each(reached)('closely around "$id"', ({ at, timeNs }) => {
    for (const grain of ['micro', 'instruction'] as const) {
      const run = closeRun(scenario, timeNs);
      const { last } = walk(run, grain, end, CLOSE_STEPS);
      expect(hash(run.world)).toBe(hashAt(scenario, last));
    }
    const run = history.create(scenario.world);
    history.seek(run, at);
    for (let back = 0; back < BACK_STEPS && run.world.at.timeNs >= 0; back++) {
      const from = run.world.at;
      const before = steps.back(run, 'micro');
      expect(compare(before, from)).toBeLessThan(0);
      expect(hash(run.world)).toBe(hashAt(scenario, before));
    }
  });

  const asking = reached.filter(({ chapter }) => chapter.prediction !== undefined);
  test.each(asking)('the question of "$id" has an answer, and another is wrong', (each) => {
    const { prediction } = each.chapter;
    if (prediction === undefined) throw new Error('it asks');
    const run = history.create(scenario.world);
    history.seek(run, each.at);
    const [at, before] = [run.world.at, hash(run.world)];
    const { endsAtNs, longestNs } = scenario;
    const found = foresee.answer(run, each, prediction, endsAtNs, longestNs);
    expect(found.why).toBe(null);
    if (found.answer === null) throw new Error('it has an answer');
    const { question } = prediction;
    const wrong = wrongGuess(question, found.answer);
    expect([isGuess(question, found.answer), isGuess(question, wrong)]).toEqual([true, true]);
    expect(isRight(question, found.answer, found.answer)).toBe(true);
    expect(isRight(question, wrong, found.answer)).toBe(false);
    // What decided it comes after the question, and the run on show has not moved.
    for (const witness of found.witnesses) expect(compare(witness.at, each.at)).toBeGreaterThan(0);
    expect([run.world.at, hash(run.world)]).toEqual([at, before]);
  });

  const deeds = scenario.world.cables.flatMap(({ name: cable }): Deed[] => [
    { kind: 'fault', cable, fault: { kind: 'drop' } },
    { kind: 'fault', cable, fault: { kind: 'corrupt' } },
    { kind: 'cut', cable },
    { kind: 'set', cable, field: 'bitsPerSecond', value: 10_000_000 },
  ]);
  test.each(reached)('what is done at "$id" can be had again', ({ at, timeNs }) => {
    for (const deed of deeds) {
      const input = { atNs: Math.max(0, timeNs), deed };
      const live = history.create(scenario.world);
      history.seek(live, at);
      history.seekTime(live, input.atNs);
      history.record(live, input);
      history.runTo(live, end);
      expect(hash(live.world)).toBe(hashAt(scenario, end, [input]));
      const changed = history.withDeed(history.create(scenario.world), input);
      history.seek(changed, end);
      expect(hash(changed.world)).toBe(hash(live.world));
    }
  });

  /** What each knob can be turned to besides its preset. */
  const turns = scenario.knobs.flatMap((knob) =>
    valuesOf(knob).map((value) => ({ knob, name: knob.name, value })),
  );
  test.each(turns)('$name at $value is another run, and the same one again', ({ name, value }) => {
    const turned = withKnobs(scenario, { [name]: value });
    const once = hashAt(turned, endOf(scenario.endsAtNs));
    expect(hashAt(withKnobs(scenario, { [name]: value }), end)).toBe(once);
    expect(once).not.toBe(hashAt(scenario, end));
  });

  test('knobs at their presets change nothing', () => {
    const presets = Object.fromEntries(
      scenario.knobs.map((knob) => [knob.name, presetOf(knob)] as const),
    );
    expect(hashAt(withKnobs(scenario, presets), end)).toBe(hashAt(scenario, end));
  });
});

function valuesOf({ range }: Knob): KnobValue[] {
  if (range.kind === 'switch') return [!range.preset];
  if (range.kind === 'number')
    return [range.least, range.most].filter((value) => value !== range.preset);
  return range.options.map(({ value }) => value).filter((value) => value !== range.preset);
}
