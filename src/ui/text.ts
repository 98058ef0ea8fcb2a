/** Text in drawings, where nothing wraps by itself. */

/** Breaks at spaces, and within a word that is too long. */
export function wrap(line: string, most: number): string[] {
  const rows: string[] = [];
  for (let rest = line; ;) {
    if (rest.length <= most) return [...rows, rest];
    const space = rest.lastIndexOf(' ', most);
    const at = space > 0 ? space : most;
    rows.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
}

/** At most `most` characters, the last of them an ellipsis when something was left out. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;
}
