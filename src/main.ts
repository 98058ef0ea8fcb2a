/** The client's beginning: takes over the page that was made at build, or makes it in `npm run dev`. */
import { hydrate, mount } from 'svelte';
import './tokens.css';
import './base.css';
import App from './App.svelte';
import { pageAt } from './pages';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

const page = pageAt(location.pathname);
const [{ default: Content }, data = {}] = await Promise.all([page.load(), page.data?.load()]);
const prerendered = target.firstElementChild !== null;
(prerendered ? hydrate : mount)(App, { target, props: { page, Content, data } });
pressAgain();

/** The last press from before the page listened (index.html keeps it) is done now. */
function pressAgain(): void {
  const { pressedEarly: pressed } = window as { pressedEarly?: unknown };
  const control = pressed instanceof Element ? pressed.closest('button, [role="button"]') : null;
  control?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
}

/** What is loaded only on demand is kept for a time without a network from the first deed on. */
function keepTheRest(): void {
  for (const deed of DEEDS) removeEventListener(deed, keepTheRest);
  void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage('keep the rest'));
}

const DEEDS = ['pointerdown', 'keydown'] as const;

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  void navigator.serviceWorker.register('/sw.js');
  for (const deed of DEEDS) addEventListener(deed, keepTheRest);
}
