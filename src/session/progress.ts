/**
 * What is kept of a lesson on the device: which chapters were on show, where the story stands, and
 * what was answered. What cannot be read is set aside, not thrown away, and that is said.
 */
import * as v from 'valibot';
import { guessWords, type Scenario } from '../../simulator';
import type { Answered } from './lesson';

export type Progress = {
  /** Ids of chapters that were on show. */
  readonly seen: readonly string[];
  /** Id of the chapter where the story stands; null before the first. */
  readonly chapter: string | null;
  readonly answers: readonly Answered[];
};

export type Store = Pick<Storage, 'getItem' | 'setItem'>;

export const NO_PROGRESS: Progress = { seen: [], chapter: null, answers: [] };

const FORMAT = 1;
const keyOf = (slug: string): string => `lesson:${slug}`;

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(2000));
const guess = v.variant('kind', [
  v.strictObject({ kind: v.literal('choice'), option: v.nullable(whole) }),
  v.strictObject({ kind: v.literal('order'), order: v.array(whole) }),
  v.strictObject({ kind: v.literal('part'), part: text }),
  v.strictObject({ kind: v.literal('number'), value: v.pipe(v.number(), v.finite()) }),
  v.strictObject({ kind: v.literal('cells'), cells: v.array(text) }),
]);
const schema = v.strictObject({
  format: v.literal(FORMAT),
  seen: v.array(text),
  chapter: v.nullable(text),
  answers: v.array(
    v.strictObject({ chapter: text, question: text, guess, right: v.boolean(), answer: guess }),
  ),
});

export type Loaded = { readonly progress: Progress; readonly notice: string | null };

function read(raw: string): Progress | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(raw));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Of a storage that is off nothing is known, and nothing is said. */
function get(store: Store, key: string): string | null {
  try {
    return store.getItem(key);
  } catch {
    return null;
  }
}

function put(store: Store, key: string, value: string): void {
  try {
    store.setItem(key, value);
  } catch {
    // A full or forbidden storage forgets; the lesson goes on.
  }
}

/** Chapters that the scenario no longer has are left out. */
function fitting({ chapters }: Scenario, { seen, chapter, answers }: Progress): Progress {
  const ids = new Set(chapters.map(({ id }) => id));
  return {
    seen: seen.filter((id) => ids.has(id)),
    chapter: chapter !== null && ids.has(chapter) ? chapter : null,
    answers: answers.filter((each) => ids.has(each.chapter)),
  };
}

export function load(store: Store, scenario: Scenario): Loaded {
  const key = keyOf(scenario.slug);
  const raw = get(store, key);
  if (raw === null) return { progress: NO_PROGRESS, notice: null };
  const progress = read(raw);
  if (progress !== null) return { progress: fitting(scenario, progress), notice: null };
  put(store, `${key}:damaged`, raw);
  return {
    progress: NO_PROGRESS,
    notice: `What was kept of your way through “${scenario.title}” cannot be read. The story begins anew; what was there is set aside under “${key}:damaged” in this browser’s storage.`,
  };
}

/** `own`, and what else was kept; an answer that both have, as often as either has it. */
export function merged(kept: Progress, own: Progress): Progress {
  const left = kept.answers.map((each) => JSON.stringify(each));
  const added = own.answers.filter((each) => {
    const index = left.indexOf(JSON.stringify(each));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return {
    seen: [...new Set([...kept.seen, ...own.seen])],
    chapter: own.chapter,
    answers: [...kept.answers, ...added],
  };
}

export function save(store: Store, { slug }: Scenario, progress: Progress): void {
  put(store, keyOf(slug), JSON.stringify({ format: FORMAT, ...progress }));
}

/** An answer as somebody reads it who was not there; of a question that is gone, what was kept. */
function readable({ chapters }: Scenario, answered: Answered): object {
  const { chapter, question, guess, answer, right } = answered;
  const of = chapters.find(({ id }) => id === chapter);
  const asked = of?.prediction?.question;
  if (of === undefined || asked === undefined) return answered;
  const [said, found] = [guess, answer].map((each) => guessWords(each, asked));
  return { chapter: of.title, question, said, found, right };
}

/** The answers, in words, as a file for whoever asked for them. */
export function exported(scenario: Scenario, answers: readonly Answered[]): string {
  const { slug, version, title } = scenario;
  const told = answers.map((each) => readable(scenario, each));
  return `${JSON.stringify({ scenario: slug, version, title, answers: told }, null, 2)}\n`;
}
