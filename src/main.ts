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
// A task of its own: between it and the loading of the modules the browser can answer who presses.
await new Promise((done) => setTimeout(done));
const prerendered = target.firstElementChild !== null;
(prerendered ? hydrate : mount)(App, { target, props: { page, Content, data } });
doAgain();
// For whoever looks on from outside, as the tests do: from now on the page answers.
document.documentElement.dataset['listens'] = '';

type Deed = { readonly type: string; readonly target: unknown; readonly value: unknown };

/** What was done last before the page listened (index.html keeps it) is done now: pressed or chosen. */
function doAgain(): void {
  const { type, target: on, value } = (window as { doneEarly?: Deed }).doneEarly ?? {};
  if (type === 'change' && on instanceof HTMLSelectElement) {
    // Taking the page over has put back what the build had chosen.
    on.value = String(value);
    on.dispatchEvent(new Event('change', { bubbles: true }));
  } else if (type === 'click' && on instanceof Element) {
    const press = new MouseEvent('click', { bubbles: true, cancelable: true });
    on.closest('button, [role="button"]')?.dispatchEvent(press);
  }
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
