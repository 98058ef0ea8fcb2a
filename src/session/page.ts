/** What the session wants of the page around it. Each listener answers with what ends it. */

/** Tells at once, and again whenever it changes, whether nothing should move by itself. */
export function prefersStillness(tell: (still: boolean) => void): () => void {
  const query = matchMedia('(prefers-reduced-motion: reduce)');
  const told = (): void => tell(query.matches);
  told();
  query.addEventListener('change', told);
  return () => query.removeEventListener('change', told);
}

/** Tells when the page was hidden and can be seen again. */
export function whenVisible(tell: () => void): () => void {
  const told = (): void => {
    if (!document.hidden) tell();
  };
  document.addEventListener('visibilitychange', told);
  return () => document.removeEventListener('visibilitychange', told);
}

/** Puts `text` on the clipboard; false where the browser does not let a page do that. */
export const copied = (text: string): Promise<boolean> =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );

export function saveFile(name: string, octets: Uint8Array, type: string): void {
  const url = URL.createObjectURL(new Blob([octets.slice()], { type }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(url);
}
