/** The story's chapters as its card lists them, and where Next leads in a run that was changed. */
import type { Chapter } from '../../simulator';
import type { LessonView } from '../session/lesson';

type Told = Pick<LessonView, 'chapters' | 'reached' | 'index' | 'seen'>;

export type Entry = {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly current: boolean;
  readonly seen: boolean;
  readonly asks: boolean;
  /** In the run on show it does not come. */
  readonly missing: boolean;
};

export function entriesOf({ chapters, reached, index, seen }: Told): Entry[] {
  const missing = new Set(reached.filter(({ state }) => state === 'missing').map(({ id }) => id));
  return chapters.map(({ id, title, prediction }, i) => ({
    id,
    number: i + 1,
    title,
    current: i === index,
    seen: seen.has(id),
    asks: prediction !== undefined,
    missing: missing.has(id),
  }));
}

export type Ahead = {
  /** The next chapter that this run comes to; null at the end. */
  readonly next: Entry | null;
  /** Those before it that it does not come to. */
  readonly skipped: readonly Entry[];
};

export function aheadOf(lesson: Told): Ahead {
  const after = entriesOf(lesson).slice(lesson.index + 1);
  const next = after.findIndex(({ missing }) => !missing);
  return { next: after[next] ?? null, skipped: next < 0 ? after : after.slice(0, next) };
}

/** `3 of 12 · The system call` */
export function headingOf(chapter: Chapter | null, index: number, count: number): string {
  return chapter === null
    ? `The story, in ${count} chapters`
    : `${index + 1} of ${count} · ${chapter.title}`;
}
