/** Where a scenario's chapters stop in a run, and what the engine answers to their questions. */
import {
  checkScenario,
  complaintText,
  foresee,
  format,
  guessWords,
  locate,
  run as history,
  type Input,
  type Scenario,
} from '../../simulator';

export type ChapterRow = {
  readonly id: string;
  readonly title: string;
  /** Position and time, ns; null when the run does not come there. */
  readonly at: string | null;
  readonly timeNs: number | null;
  /** To its question; null when it has none, or it could not be found out. */
  readonly answer: string | null;
  /** Why it could not; null when nothing is amiss. */
  readonly why: string | null;
};

/** The rows of a run with these inputs up to the scenario's end. */
export function chapterRows(scenario: Scenario, inputs: readonly Input[]): ChapterRow[] {
  const run = history.create(scenario.world, inputs);
  const { endsAtNs, longestNs } = scenario;
  return locate.locateAll(scenario, inputs).map((located, index): ChapterRow => {
    const { id } = located;
    const { title = '', prediction } = scenario.chapters[index] ?? {};
    if (located.at === null)
      return { id, title, at: null, timeNs: null, answer: null, why: 'not reached' };
    const { at, timeNs } = located;
    const row = { id, title, at: format(at), timeNs, answer: null, why: null };
    if (prediction === undefined) return row;
    const { answer, why } = foresee.answer(run, located, prediction, endsAtNs, longestNs);
    return { ...row, answer: answer && guessWords(answer, prediction.question), why };
  });
}

/** What is wrong with a story in the run that its author wrote it for, a line each. */
export function wrongWith(scenario: Scenario, rows: readonly ChapterRow[]): string[] {
  const backwards = locate.backwards(locate.locateAll(scenario));
  const tell = (id: string, what: string): string => `${scenario.slug}, chapter ${id}: ${what}`;
  return [
    ...checkScenario(scenario).map(complaintText),
    ...rows.flatMap(({ id, why }) => (why === null ? [] : [tell(id, why)])),
    ...backwards.map((id) => tell(id, 'stops before the chapter that it follows')),
  ];
}

/** For people: a line for each chapter, and one for each answer. */
export function chapterLines(rows: readonly ChapterRow[]): string[] {
  const width = Math.max(0, ...rows.map(({ id }) => id.length)) + 2;
  return rows.flatMap(({ id, at, timeNs, answer, why }) => {
    const time = timeNs !== null && timeNs < 0 ? 'before anything' : `${(timeNs ?? 0) / 1000} µs`;
    const where = at === null ? 'not reached' : `${at.padEnd(18)}${time}`;
    const told = answer ?? (at === null ? null : why);
    const line = `  ${id.padEnd(width)}${where}`;
    return told === null ? [line] : [line, `  ${''.padEnd(width)}answer: ${told}`];
  });
}
