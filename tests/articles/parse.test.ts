/** Articles as they are written: what comes of each piece, and where each mistake is. */
import { describe, expect, test } from 'vitest';
import { told } from '../../src/articles/build/mistake';
import { parseArticle, type Parsed } from '../../src/articles/build/parse';

const FILE = 'scenarios/ping/article.md';
const TERMS = new Set(['frame', 'mac-address']);
const FRONT = ['---', 'title: A title', 'date: 2026-11-23', 'tags: One, Two', 'summary: Short.'];

/** `body` begins in line 7. */
const parse = (body: string, front: readonly string[] = FRONT): Parsed =>
  parseArticle({ file: FILE, text: [...front, '---', body].join('\n') }, TERMS);

/** The text, of an article without a mistake. */
function html(body: string): string {
  const { article, mistakes } = parse(body);
  expect(mistakes).toEqual([]);
  return article.blocks.map((block) => (block.kind === 'text' ? block.html : '[figure]')).join('');
}

const FIGURE = ':::figure{id=one}\nA caption.\n:::';
const SOURCE = '[RFC 826](https://www.rfc-editor.org/rfc/rfc826)';

describe('a mistake is told with file and line:', () => {
  test.each([
    ['a term that is not there', 'Some\ntext, a [word](term:frma).', 8, 'no term "frma"'],
    ['… in a caption', ':::figure{id=a}\nA [word](term:no).\n:::', 8, 'no term "no"'],
    ['… in a footnote', `Text[^a].\n\n[^a]: [x](term:no), ${SOURCE}`, 9, 'no term "no"'],
    ['a footnote without a source', 'Text.[^a]\n\n[^a]: Somebody said so.', 9, 'no source'],
    ['a footnote that is not there', 'One.\n\nTwo.[^b]', 9, 'no footnote "b"'],
    ['a footnote that nobody refers to', `Text.\n\n[^a]: ${SOURCE}`, 9, 'nothing refers'],
    ['two footnotes of one name', `T[^a].\n[^a]: ${SOURCE}\n[^a]: x`, 9, 'two footnotes'],
    ['two figures of one id', `${FIGURE}\n\n${FIGURE}`, 11, 'two figures "one"'],
    ['a figure without an id', ':::figure{at=start}\nCaption.\n:::', 7, 'needs an id'],
    ['a figure with a word of no meaning', ':::figure{id=a big=yes}\nC.\n:::', 7, '"big=yes"'],
    ['a figure with a word twice', ':::figure{id=a id=b}\nC.\n:::', 7, '"id" twice'],
    ['a figure without braces', ':::figure id=a\nC.\n:::', 7, 'opens with'],
    ['a time that is none', ':::figure{id=a at=soon}\nC.\n:::', 7, '"at" is'],
    ['a grain that is none', ':::figure{id=a grain=big}\nC.\n:::', 7, '"grain" is one of'],
    ['a figure without a caption', ':::figure{id=a}\n:::', 7, 'no caption'],
    ['a figure that is not closed', 'Text.\n:::figure{id=a}\nC.', 8, 'not closed'],
    ['a directive that is none', ':::film{id=a}\nC.\n:::', 7, 'no directive ":::film"'],
    ['a stray end', 'Text.\n\n:::\n', 9, 'closes no figure'],
    ['raw HTML', 'Text.\n\n<div>no</div>', 9, 'raw HTML'],
    ['raw HTML in a line', 'Text with <b>bold</b>.', 7, 'raw HTML'],
    ['a picture', 'A\n\n![alt](x.png)', 9, 'pictures are figures'],
    ['a second title', '# Title', 7, 'the title is the only'],
    ['a link that runs script', '[x](javascript:alert(1))', 7, 'not to "javascript'],
    ['a link that is not encrypted', '[x](http://example.org)', 7, 'a link goes to'],
    ['code that is not closed', 'A\n\n```\ncode', 9, 'is not closed'],
  ])('%s', (_, body, line, what) => {
    const lines = parse(body).mistakes.map(told);
    expect(lines.some((each) => each.startsWith(`${FILE}:${line}: `) && each.includes(what))).toBe(
      true,
    );
  });

  const fronts: readonly (readonly [string, readonly string[], number, string])[] = [
    ...['title', 'date', 'tags', 'summary'].map(
      (name) =>
        [
          `no ${name}`,
          FRONT.filter((line) => !line.startsWith(name)),
          1,
          `the front matter has no "${name}"`,
        ] as const,
    ),
    ['a day that there is not', FRONT.with(2, 'date: 2026-02-30'), 3, 'the date is a day'],
    ['a line that is none', [...FRONT, 'author: me'], 6, 'not "author: me"'],
    ['a field twice', [...FRONT, 'title: B'], 6, '"title" twice'],
  ];

  test.each(fronts)('front matter with %s', (_, front, line, what) => {
    const [first] = parse('Text.', front).mistakes;
    expect(first?.file).toBe(FILE);
    expect(first?.line).toBe(line);
    expect(first?.what).toContain(what);
  });

  test('no front matter at all', () => {
    const { mistakes } = parseArticle({ file: FILE, text: 'Text.' }, TERMS);
    expect(mistakes).toEqual([
      { file: FILE, line: 1, what: expect.stringContaining('---') as string },
    ]);
  });

  test('all of them at once, in the order of the file', () => {
    const { mistakes } = parse('[a](term:a)\n\n:::\n\n[^x]: nothing\n\n[b](term:b)');
    expect(mistakes.map(({ line }) => line)).toEqual([7, 9, 11, 13]);
  });
});

describe('what is right comes through:', () => {
  test('the front matter', () => {
    expect(parse('Text.').article.about).toEqual({
      slug: 'ping',
      title: 'A title',
      date: '2026-11-23',
      tags: ['One', 'Two'],
      summary: 'Short.',
      minutes: 1,
    });
  });

  test('a term is a link to the glossary', () => {
    expect(html('A [MAC address](term:mac-address).')).toContain(
      '<a class="term" href="/glossary/#mac-address" data-term="mac-address">MAC address</a>',
    );
  });

  test('headings have anchors of their own, for the table of contents', () => {
    const { article } = parse('## One `x`\n\n### Two\n\n## One x');
    expect(article.headings).toEqual([
      { id: 'one-x', text: 'One x', level: 2 },
      { id: 'two', text: 'Two', level: 3 },
      { id: 'one-x-2', text: 'One x', level: 2 },
    ]);
    expect(html('## One')).toBe('<h2 id="one"><a href="#one">One</a></h2>\n');
  });

  test('footnotes are numbered as the text refers to them, each reference has an anchor', () => {
    const { article, mistakes } = parse(
      `B[^b], A[^a], B again[^b].\n\n[^a]: First, ${SOURCE}\n[^b]: Second,\n  on two lines, ${SOURCE}`,
    );
    expect(mistakes).toEqual([]);
    expect(article.footnotes.map(({ number, references }) => [number, references])).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(article.footnotes[0]?.html).toMatch(/^Second,\s+on two lines, <a href="https:/);
    const [block] = article.blocks;
    const text = block?.kind === 'text' ? block.html : '';
    expect(text).toContain('id="reference-1-1" href="#footnote-1"');
    expect(text).toContain('id="reference-1-2" href="#footnote-1"');
    expect(text).not.toContain('Second');
  });

  test('a figure stands where it is written, with what its directive says', () => {
    const { article, mistakes } = parse(
      'Before.\n\n:::figure{id=a scenario=other at=26.5us show=cable knobs=x,y grain=event}\nA [frame](term:frame).\n:::\n\nAfter.\n\n:::figure{id=b}\nC.\n:::',
    );
    expect(mistakes).toEqual([]);
    expect(article.blocks.map(({ kind }) => kind)).toEqual(['text', 'figure', 'text', 'figure']);
    const figures = article.blocks.flatMap((block) =>
      block.kind === 'figure' ? [block.figure] : [],
    );
    const [first, second] = figures;
    expect(first).toMatchObject({
      ...{ id: 'a', number: 1, scenario: 'other', at: 26_500, show: 'cable', knobs: ['x', 'y'] },
      ...{ grain: 'event', name: 'A frame.', line: 9 },
    });
    expect(second).toMatchObject({
      ...{ id: 'b', number: 2, scenario: 'ping', at: 'start', show: 'world', knobs: [] },
      grain: 'frame',
    });
  });

  test.each([
    ['start', 'start'],
    ['end', 'end'],
    ['7ns', 7],
    ['1.5ms', 1_500_000],
    ['2s', 2e9],
    ['chapter:arp-asks', { chapter: 'arp-asks' }],
  ])('at=%s', (text, at) => {
    const [block] = parse(`:::figure{id=a at=${text}}\nC.\n:::`).article.blocks;
    expect(block?.kind === 'figure' && block.figure.at).toEqual(at);
  });

  test('what looks like ours in code stays code', () => {
    const text = html('```\n:::figure{id=a}\n[^x]: no\n<b>\n```\n\nAnd `[^y]` and `<i>`.');
    expect(text).toContain(':::figure{id=a}\n[^x]: no\n&lt;b&gt;');
    expect(text).toContain('<code>[^y]</code>');
    expect(text).toContain('<code>&lt;i&gt;</code>');
  });

  test('the time to read counts words and figures', () => {
    const words = Array.from({ length: 800 }, () => 'word').join(' ');
    expect(parse(words).article.about.minutes).toBe(4);
    expect(
      parse(`${words}\n\n${FIGURE}\n\n${FIGURE.replace('one', 'two')}`).article.about.minutes,
    ).toBe(5);
  });
});
