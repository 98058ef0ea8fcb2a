/**
 * Light, dark, or as the system has it. The choice lies in localStorage under `theme`;
 * index.html applies it before the first paint, tokens.css follows `data-theme`.
 */
export type Theme = 'system' | 'light' | 'dark';

const key = 'theme';

export function chosenTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is off: the choice lasts until the page is left.
  }
}
