// A vite plugin of the worker's own build: what only people read of a chapter stays out of it. The
// page has the words; the worker finds where chapters stop.

const CHAPTERS = /\/scenarios\/[^/]+\/chapters\.ts$/;
const WORDS = ['text', 'because'];

const isWords = ({ type, key, value }) =>
  type === 'Property' &&
  WORDS.includes(key.name) &&
  (typeof value.value === 'string' ||
    (value.type === 'TemplateLiteral' && value.expressions.length === 0));

/** The places of all that people read, in the order of the source. */
function wordsIn(node) {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(wordsIn);
  const own = isWords(node) ? [{ start: node.value.start, end: node.value.end }] : [];
  return [...own, ...Object.values(node).flatMap(wordsIn)];
}

/** `parse` makes an ESTree of JavaScript. */
export function withoutWords(code, parse) {
  const places = wordsIn(parse(code)).sort((a, b) => b.start - a.start);
  return places.reduce(
    (rest, { start, end }) => `${rest.slice(0, start)}''${rest.slice(end)}`,
    code,
  );
}

export function wordless() {
  return {
    name: 'wordless',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      if (!CHAPTERS.test(id)) return null;
      return { code: withoutWords(code, (text) => this.parse(text)), map: null };
    },
  };
}
