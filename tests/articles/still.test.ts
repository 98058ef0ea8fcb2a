/** The pictures of figures: made by the engine at build, read back in the page. */
import { describe, expect, test } from 'vitest';
import { articles, loadArticle } from '../../src/articles/catalogue';
import type { Figure } from '../../src/articles/article';
import { told } from '../../src/articles/build/mistake';
import { parseArticle } from '../../src/articles/build/parse';
import { illustrate } from '../../src/articles/build/still';
import { read, written } from '../../src/articles/octets';
import { scenarios } from '../../src/catalogue';
import { parse as parseLink } from '../../src/session/link';
import type { Moment } from '../../src/session/protocol';

const FILE = 'scenarios/ping/article.md';

async function illustrated(directive: string): ReturnType<typeof illustrate> {
  const front = '---\ntitle: T\ndate: 2026-11-23\ntags: A\nsummary: S.\n---\n';
  const text = `${front}Text.\n\n:::figure{id=a ${directive}}\nCaption.\n:::\n`;
  return illustrate(parseArticle({ file: FILE, text }, new Set()), FILE);
}

async function figure(directive: string): Promise<Figure> {
  const { article, mistakes } = await illustrated(directive);
  expect(mistakes).toEqual([]);
  return article.blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : []))[0]!;
}

describe('a mistake is told with file and line:', () => {
  test.each([
    ['scenario=pong', 'there is no scenario "pong" (there are '],
    ['show=cabel', '"show" is world or a part (cable, client.nic'],
    ['show=client.gpu', '"show" is world or a part'],
    ['knobs=no-such', 'ping has no knob "no-such"'],
    ['at=1s', '"at" is after the end of ping'],
    ['at=chapter:no-such', 'no-such'],
  ])('%s', async (directive, what) => {
    const [first] = (await illustrated(directive)).mistakes.map(told);
    expect(first).toContain(`${FILE}:9: `);
    expect(first).toContain(what);
  });
});

test('the picture is the moment, and its link leads to the same', async () => {
  const { still, link } = await figure('at=31us show=cable grain=event');
  const moment = read(still) as Moment;
  expect(moment.timeNs).toBe(31_000);
  expect(moment.cables['cable']?.flights[0]?.octets).toBeInstanceOf(Uint8Array);
  const parsed = await parseLink(link, scenarios);
  expect(parsed.ok && parsed.link).toMatchObject({
    place: { slug: 'ping', at: moment.at, timeNs: 31_000, inputs: [] },
    room: 'cable',
    grain: 'event',
  });
});

test('a picture of a chapter stands where the chapter stops', async () => {
  const { slug, chapters } = scenarios.find((each) => each.chapters.length > 0)!;
  const chapter = chapters.find(({ stop }) => typeof stop === 'object')!;
  const { still } = await figure(`scenario=${slug} at=chapter:${chapter.id}`);
  const moment = read(still) as Moment;
  expect(moment.slug).toBe(slug);
  expect(moment.timeNs).toBeGreaterThan(0);
  expect(moment.atEnd).toBe(false);
});

test('a picture of a part has what its room asks', async () => {
  const moment = read((await figure('at=end show=server.nic')).still) as Moment;
  expect(moment.answers['server.nic']).not.toBeNull();
  expect(moment.atEnd).toBe(true);
});

test.each(['at=start', 'at=26.9us', 'at=54us show=client.ram', 'at=end show=cable'])(
  'a moment comes out of the page as it went in: %s',
  async (directive) => {
    const { still } = await figure(directive);
    expect(written(read(still))).toBe(still);
    expect(still).not.toContain('undefined');
  },
);

test('what stands for octets is octets again', () => {
  const value = { a: [Uint8Array.from([0, 1, 254, 255]), null, 'x'], b: new Uint8Array() };
  expect(read(written(value))).toEqual(value);
});

test.each(articles.map(({ slug }) => slug))('%s is there with its figures', async (slug) => {
  const { about, blocks, footnotes } = await loadArticle(slug);
  expect(about.slug).toBe(slug);
  expect(blocks.filter(({ kind }) => kind === 'figure').length).toBeGreaterThanOrEqual(3);
  expect(footnotes.length).toBeGreaterThan(0);
});
