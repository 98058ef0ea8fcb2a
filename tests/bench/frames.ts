/** Home while it plays: does every frame come in time, and how soon does a key show. */
import type { Locator, Page } from 'playwright-core';
import type { Bench, Measure } from './bench';
import { quantile, withSite } from './site';

const PLAYED_MS = 5_000;
const PRESSES = 20;

/** Times between the frames that the browser draws in the next seconds. */
function intervals(page: Page): Promise<number[]> {
  return page.evaluate(
    (forMs) =>
      new Promise<number[]>((done) => {
        const found: number[] = [];
        let last: number | null = null;
        const frame = (nowMs: number): void => {
          if (last !== null) found.push(nowMs - last);
          last = nowMs;
          if (performance.now() < endMs) requestAnimationFrame(frame);
          else done(found);
        };
        const endMs = performance.now() + forMs;
        requestAnimationFrame(frame);
      }),
    PLAYED_MS,
  );
}

/** Waits for a press; answers the time from it to after the frame that shows another sentence. */
const pressToPaint = (): Promise<number> =>
  new Promise((done) => {
    const sentence = document.querySelector('[aria-label="Playback"] p');
    if (sentence === null) return;
    let pressedMs = NaN;
    addEventListener('keydown', (event) => (pressedMs = event.timeStamp), {
      capture: true,
      once: true,
    });
    const changed = new MutationObserver(() => {
      changed.disconnect();
      // What is posted while a frame is made is heard when it has been made.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now() - pressedMs);
      requestAnimationFrame(() => port2.postMessage(null));
    });
    changed.observe(sentence, { subtree: true, characterData: true, childList: true });
  });

type Way = {
  readonly name: string;
  readonly tempo: 'by step' | 'by time';
  /** Of the speed control; the first is where it stands. */
  readonly faster: number;
};

const WAYS: readonly Way[] = [
  { name: 'by step', tempo: 'by step', faster: 0 },
  { name: 'by step, fastest', tempo: 'by step', faster: 3 },
  { name: 'by time', tempo: 'by time', faster: 0 },
  { name: 'by time, ten times faster', tempo: 'by time', faster: 3 },
];

async function played(page: Page, { name, tempo, faster }: Way, atMost = 16.7): Promise<Measure[]> {
  await page.getByRole('radio', { name: tempo, exact: true }).check();
  const [play, pause] = ['Play', 'Pause'].map((name) =>
    page.getByRole('button', { name, exact: true }),
  ) as [Locator, Locator];
  // Keys that write a character are heard in the player only.
  await play.focus();
  await page.keyboard.press('Home');
  for (let stop = 0; stop < faster; stop++) await page.keyboard.press(']');
  await play.click();
  await pause.waitFor();
  const found = await intervals(page);
  if (await pause.isVisible()) await pause.click();
  for (let stop = 0; stop < faster; stop++) await page.keyboard.press('[');
  return [
    { name: `frame, ${name}: median`, value: quantile(found, 0.5), unit: 'ms' },
    { name: `frame, ${name}: 95 %`, value: quantile(found, 0.95), unit: 'ms', atMost },
    { name: `frame, ${name}: longest`, value: quantile(found, 1), unit: 'ms' },
  ];
}

async function pressed(page: Page): Promise<Measure[]> {
  await page.keyboard.press('Home');
  const found: number[] = [];
  while (found.length < PRESSES) {
    await page.waitForTimeout(200);
    // An object around the promise: the page waits already, this side does not yet.
    const painted = await page.evaluateHandle(`({ in: (${pressToPaint.toString()})() })`);
    await page.keyboard.press('ArrowRight');
    found.push(await painted.evaluate((each) => (each as { readonly in: Promise<number> }).in));
  }
  return [
    { name: 'key to painted frame: median', value: quantile(found, 0.5), unit: 'ms' },
    { name: 'key to painted frame: 95 %', value: quantile(found, 0.95), unit: 'ms', atMost: 50 },
    { name: 'key to painted frame: longest', value: quantile(found, 1), unit: 'ms' },
  ];
}

/** A thousand computers on one stage: half the frames are enough. */
const CROWD_MOST_MS = 33.4;

async function crowd(page: Page): Promise<Measure[]> {
  await page.getByRole('radio', { name: 'A thousand computers', exact: true }).check();
  await page.getByRole('group', { name: /^Map of 1000 computers/ }).waitFor();
  const measures: Measure[] = [];
  for (const way of WAYS) {
    const named = { ...way, name: `500 pairs ${way.name}` };
    measures.push(...(await played(page, named, CROWD_MOST_MS)));
  }
  return measures;
}

export const framesBench: Bench = {
  name: 'frames',
  what: `home for ${PLAYED_MS / 1000} s of playing each way, and ${PRESSES} presses of the key for a step`,
  run: () =>
    withSite(async (browser, address) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      await page.goto(address);
      await page.getByRole('button', { name: 'Step forward', disabled: false }).waitFor();
      const measures: Measure[] = [];
      for (const way of WAYS) measures.push(...(await played(page, way)));
      measures.push(...(await pressed(page)));
      return [...measures, ...(await crowd(page))];
    }),
};
