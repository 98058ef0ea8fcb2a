/** The glossary as it is written, and the one that we have. */
import { describe, expect, test } from 'vitest';
import { scenarios } from '../../src/catalogue';
import { loadTerms } from '../../src/articles/catalogue';
import { parseGlossary, termsOf } from '../../src/articles/build/glossary';
import { told } from '../../src/articles/build/mistake';

const SOURCE = 'Source: [RFC 791](https://www.rfc-editor.org/rfc/rfc791).';
const parse = (text: string): ReturnType<typeof parseGlossary> =>
  parseGlossary({ file: 'glossary.md', text });

describe('a mistake is told with its line:', () => {
  test.each([
    ['no source', '## A\n\nShort.\n\n## B\n\nShort.\n\n' + SOURCE, 1, '"A" has no source'],
    ['a source without a link', '## A\n\nShort.\n\nSource: hearsay.', 1, 'has no source'],
    ['no definition', `${SOURCE}\n## A\n`, 2, 'has no definition'],
    ['a definition too long', `## A\n\n${'word '.repeat(60)}\n\n${SOURCE}`, 3, 'longer than'],
    ['an unknown term', `## A\n\nA [b](term:b).\n\n${SOURCE}`, 3, 'no term "b"'],
    ['two entries', `## A b\n\nx\n\n${SOURCE}\n\n## A-B\n\nx\n\n${SOURCE}`, 7, 'two entries'],
  ])('%s', (_, text, line, what) => {
    const [first] = parse(text).mistakes.map(told);
    expect(first).toContain(`glossary.md:${line}: `);
    expect(first).toContain(what);
  });
});

test('entries are sorted, with the short, the long and the source apart', () => {
  const { terms, mistakes } = parse(
    `For authors.\n\n## MAC address\n\nShort\none.\n\nLong *one*.\n\n${SOURCE}\n\n## ALU\n\nShort.\n\n${SOURCE}`,
  );
  expect(mistakes).toEqual([]);
  expect(terms.map(({ id }) => id)).toEqual(['alu', 'mac-address']);
  expect(terms[1]).toEqual({
    id: 'mac-address',
    name: 'MAC address',
    short: 'Short\none.',
    long: '<p>Long <em>one</em>.</p>',
    source: '<a href="https://www.rfc-editor.org/rfc/rfc791">RFC 791</a>.',
  });
});

describe('ours', () => {
  test('has the words of the course', async () => {
    const ids = new Set((await loadTerms()).map(({ id }) => id));
    expect(ids.size).toBeGreaterThanOrEqual(40);
    const some = 'frame packet segment octet system-call interrupt trap alu moment grain cause';
    expect(some.split(' ').filter((id) => !ids.has(id))).toEqual([]);
  });

  test('has every term that a chapter links to', async () => {
    const ids = new Set((await loadTerms()).map(({ id }) => id));
    const missing = scenarios.flatMap(({ slug, chapters }) =>
      chapters.flatMap(({ id, text }) =>
        [...text.matchAll(/\]\(term:([^)]*)\)/g)]
          .filter(([, term = '']) => !ids.has(term))
          .map(([, term]) => `${slug}, ${id}: ${term}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('is found by the same ids that the build checks', () => {
    expect(termsOf('## Program counter\n\n## MAC address')).toEqual(
      new Set(['program-counter', 'mac-address']),
    );
  });
});
