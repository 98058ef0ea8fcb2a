/**
 * The lesson: going through a scenario's chapters, and the questions on the way. The machine says
 * what may be done when; the class {@link Lesson} in lesson.svelte.ts joins it to the session.
 */
import type { Chapter, Guess } from '../../simulator';
import type { Evidence, Reached } from './protocol';

/** What somebody answered to a chapter's question; kept on the device, and can be saved. */
export type Answered = {
  readonly chapter: string;
  readonly question: string;
  readonly guess: Guess;
  readonly right: boolean;
  /** What the engine found out. */
  readonly answer: Guess;
};

/** The question of the chapter on show. */
export type Gate = {
  /** `asking`: the guess is being made; `looking`: the engine runs ahead; `answered`. */
  readonly phase: 'asking' | 'looking' | 'answered';
  /** What was chosen so far; null before. */
  readonly guess: Guess | null;
  readonly evidence: Evidence | null;
  /** Null until it is answered, or when the engine could not find out. */
  readonly right: boolean | null;
};

/** What the story's card and the question read and call. */
export type LessonView = {
  readonly chapters: readonly Chapter[];
  readonly reached: readonly Reached[];
  /** Index of the chapter that is told; -1 before the first. */
  readonly index: number;
  readonly chapter: Chapter | null;
  /** `exploring`: somebody went elsewhere; the story waits at its chapter. */
  readonly mode: 'story' | 'exploring';
  /** Ids of chapters that have been on show, kept on the device. */
  readonly seen: ReadonlySet<string>;
  /** Null when the chapter asks nothing. */
  readonly gate: Gate | null;
  readonly answers: readonly Answered[];
  next: () => void;
  back: () => void;
  goTo: (id: string) => void;
  /** Back to where the story's chapter stops. */
  resume: () => void;
  /** A guess in the making, and then its answer is asked for. */
  choose: (guess: Guess) => void;
  answer: () => void;
  /** Another try. */
  again: () => void;
  /** Shows the n-th witness of the engine's answer: on the fork, where something was supposed. */
  witness: (n: number) => void;
  /** Saves the answers as a file. */
  save: () => void;
};
