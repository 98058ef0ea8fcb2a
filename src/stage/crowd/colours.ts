/** The tokens of the screen as a canvas takes them: read once for each theme. */
const TOKENS = {
  paper: '--paper',
  surface: '--surface',
  line: '--line-strong',
  trace: '--trace',
  ink: '--ink',
  soft: '--ink-soft',
  accent: '--accent',
  works: '--os',
  frame: '--network',
  bad: '--bad',
  warn: '--warn',
} as const;

export type Colours = Readonly<Record<keyof typeof TOKENS, string>> & {
  /** The family of text, for a canvas's `font`. */
  readonly font: string;
};

/** `light-dark()` in a token is resolved only where a colour is asked for: at a property. */
export function coloursOf(element: HTMLElement): Colours {
  const probe = document.createElement('i');
  element.append(probe);
  const style = getComputedStyle(probe);
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return style.color;
  };
  const colours = Object.fromEntries(
    Object.entries(TOKENS).map(([name, token]) => [name, read(token)]),
  ) as Record<keyof typeof TOKENS, string>;
  const font = style.fontFamily;
  probe.remove();
  return { ...colours, font };
}

/** Calls back whenever the theme may have become another one; gives what ends that. */
export function onTheme(changed: () => void): () => void {
  const chosen = new MutationObserver(changed);
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  return () => {
    chosen.disconnect();
    dark.removeEventListener('change', changed);
  };
}
