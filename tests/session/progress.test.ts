import { describe, expect, test } from 'vitest';
import {
  exported,
  load,
  NO_PROGRESS,
  save,
  type Progress,
  type Store,
} from '../../src/session/progress';
import { page } from './scenarios';

function storeOf(kept: Record<string, string> = {}): Store & { kept: Record<string, string> } {
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => {
      kept[key] = value;
    },
  };
}

const KEY = `lesson:${page.slug}`;
const [first, second] = page.chapters.map(({ id }) => id) as [string, string];
const progress: Progress = {
  seen: [first, second],
  chapter: second,
  answers: [
    {
      chapter: second,
      question: 'What wakes it?',
      guess: { kind: 'choice', option: null },
      right: false,
      answer: { kind: 'choice', option: 2 },
    },
  ],
};

test('what is kept is had again', () => {
  const store = storeOf();
  save(store, page, progress);
  expect(load(store, page)).toEqual({ progress, notice: null });
  expect(load(store, { ...page, slug: 'other' })).toEqual({ progress: NO_PROGRESS, notice: null });
});

test('chapters that are no longer there are left out', () => {
  const store = storeOf();
  save(store, page, progress);
  const shorter = { ...page, chapters: page.chapters.slice(0, 1) };
  expect(load(store, shorter).progress).toEqual({ seen: [first], chapter: null, answers: [] });
});

test.each([
  ['', 'nothing'],
  ['{', 'no JSON'],
  ['{"format":1}', 'a part of it'],
  ['{"format":2,"seen":[],"chapter":null,"answers":[]}', 'another format'],
  ['{"format":1,"seen":[7],"chapter":null,"answers":[]}', 'wrong types'],
  ['{"format":1,"seen":[],"chapter":null,"answers":[{"chapter":"x"}]}', 'half an answer'],
])('damaged progress is set aside and told: %s (%s)', (raw) => {
  const store = storeOf({ [KEY]: raw });
  const { progress: loaded, notice } = load(store, page);
  expect(loaded).toEqual(NO_PROGRESS);
  expect(notice).toContain('cannot be read');
  expect(notice).toContain(`${KEY}:damaged`);
  expect(store.kept[`${KEY}:damaged`]).toBe(raw);
});

describe('a storage that is off', () => {
  const off: Store = {
    getItem: () => {
      throw new Error('denied');
    },
    setItem: () => {
      throw new Error('full');
    },
  };

  test('forgets, and nothing breaks', () => {
    expect(load(off, page)).toEqual({ progress: NO_PROGRESS, notice: null });
    expect(() => {
      save(off, page, progress);
    }).not.toThrow();
  });
});

test('answers are exported in words, with what they belong to', () => {
  expect(JSON.parse(exported(page, progress.answers))).toEqual({
    scenario: page.slug,
    version: page.version,
    title: page.title,
    answers: [
      {
        chapter: 'Both programs wait',
        question: 'What wakes it?',
        said: 'None of these',
        found: 'The keyboard: it raises a line to the processor',
        right: false,
      },
    ],
  });
});
