/**
 * A few sentences of Markdown as pieces: paragraphs, emphasis, code, and links to the glossary
 * (`[frame](term:frame)`) and to pages. Anything else, and so all HTML, is told as words.
 */

export type Piece =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  /** `term`: of the glossary, which opens a pop-up beside the word; null for another page. */
  | {
      readonly kind: 'link';
      readonly text: string;
      readonly href: string;
      readonly term: string | null;
    };

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\b_([^_]+)_\b|\[([^\]]+)\]\(([^)]*)\)/g;

function linked(text: string, to: string): Piece {
  const [, term = null] = /^term:([a-z0-9-]+)$/.exec(to) ?? [];
  if (term !== null) return { kind: 'link', text, href: `/glossary/#${term}`, term };
  if (/^(https:\/\/|\/(?!\/)|#)/.test(to)) return { kind: 'link', text, href: to, term };
  return { kind: 'text', text };
}

function piece([, code, strong, star, line, link, to]: RegExpExecArray): Piece {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (link !== undefined) return linked(link, to ?? '');
  return { kind: 'emphasis', text: star ?? line ?? '' };
}

function piecesOf(paragraph: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of paragraph.matchAll(MARKS)) {
    if (found.index > done) pieces.push({ kind: 'text', text: paragraph.slice(done, found.index) });
    pieces.push(piece(found));
    done = found.index + found[0].length;
  }
  if (done < paragraph.length) pieces.push({ kind: 'text', text: paragraph.slice(done) });
  return pieces;
}

export function paragraphsOf(text: string): Piece[][] {
  const paragraphs = text.split(/\n\s*\n/).map((each) => each.replace(/\s+/g, ' ').trim());
  return paragraphs.filter((each) => each !== '').map(piecesOf);
}
