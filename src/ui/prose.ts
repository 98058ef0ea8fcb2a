/** A few sentences of Markdown as pieces: paragraphs, emphasis, code, and links told as words. */

export type Piece = {
  readonly kind: 'text' | 'code' | 'strong' | 'emphasis';
  readonly text: string;
};

const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\b_([^_]+)_\b|\[([^\]]+)\]\([^)]*\)/g;

function piece([, code, strong, star, line, link]: RegExpExecArray): Piece {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (link !== undefined) return { kind: 'text', text: link };
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
