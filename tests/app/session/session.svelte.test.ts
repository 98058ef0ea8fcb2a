import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { scenario as page } from '../../../scenarios/fetch-a-page/scenario';
import { scenario as ping } from '../../../scenarios/ping/scenario';
import type { Deed } from '../../../simulator';
import { loadAssembler } from '../../../src/session/assembler';
import type { Hearer } from '../../../src/session/client';
import { Desk } from '../../../src/session/desk';
import type { Order, Post, Reply } from '../../../src/session/protocol';
import { Session } from '../../../src/session/session.svelte';
import { moment } from '../fixtures/moment';

/** Frames are drawn and the desk works when the test says so. */
let frames: FrameRequestCallback[] = [];
let bells: (() => void)[] = [];
let orders: Order[] = [];
let hearer: Hearer;
let wallMs = 0;
let still = false;

beforeEach(() => {
  [frames, bells, orders, wallMs, still] = [[], [], [], 0, false];
  vi.spyOn(performance, 'now').mockImplementation(() => wallMs);
  vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => frames.push(draw));
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []));
  vi.stubGlobal('matchMedia', () => ({
    matches: still,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Everything that the desk has to do, and the answers. */
async function work(): Promise<void> {
  for (let idle = 0; idle < 3; idle++) {
    for (let go = bells.shift(); go !== undefined; go = bells.shift()) go();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Frames of 50 ms, with whatever they order done in between. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms && frames.length > 0; passed += 50) {
    wallMs += 50;
    for (const draw of frames.splice(0)) draw(wallMs);
    await work();
  }
}

async function started(scenario = ping): Promise<Session> {
  const session = made(scenario);
  session.start();
  await work();
  orders = [];
  return session;
}

function made(scenario = ping): Session {
  return new Session(scenario.slug, (who) => {
    hearer = who;
    let id = 0;
    const asked = new Map<number, (reply: Reply) => void>();
    const post = ({ reply, id: answered }: Post): void => {
      const resolve = asked.get(answered ?? -1);
      if (resolve === undefined) who.heard(reply, answered);
      else resolve(reply);
    };
    const soon = (go: () => void): number => bells.push(go);
    const desk = new Desk({ scenarios: [scenario], post, soon, nowMs: () => 0 });
    return {
      send: (order, questions) => {
        orders.push(order);
        desk.receive({ id: ++id, order, questions });
        return id;
      },
      ask: (order, questions) =>
        new Promise((resolve) => {
          if (order.kind !== 'program') resolve({ kind: 'refused', why: 'not now' });
          asked.set(++id, resolve);
          desk.receive({ id, order, questions });
        }),
      close: vi.fn(),
    };
  });
}

const kinds = (): string[] => orders.map(({ kind }) => kind);

describe('a session', () => {
  test('shows the start and all marks; nothing runs while nothing plays', async () => {
    const session = await started();
    expect(session.state).toBe('paused');
    expect(session.moment).toMatchObject({ slug: 'ping', atStart: true });
    expect(session.marks.length).toBeGreaterThan(10);
    expect(session.markedToNs).toBe(ping.endsAtNs);
    expect([session.phase, session.playheadNs]).toEqual([1, -1]);
    expect(frames).toEqual([]);
  });

  test('what was asked and done before the engine is there is answered and done then', async () => {
    const session = made();
    session.watch('b', { view: 'console', part: 'client' });
    session.start();
    session.seek(700_000);
    await work();
    expect(session.answer('b')).toMatchObject({ text: expect.any(String) as string });
    expect(session.moment).toMatchObject({ timeNs: 700_000 });
  });

  test('one step is shown in the time of its speed, then it rests', async () => {
    const session = await started();
    session.setGrain('frame');
    session.step(1);
    await work();
    expect([session.state, session.phase, session.playheadNs]).toEqual(['stepping', 0, -1]);
    await pass(500);
    expect(session.phase).toBeCloseTo(0.5, 1);
    expect(session.playheadNs).toBeCloseTo(5290 / 2, -3);
    await pass(5000);
    expect([session.state, session.phase, session.playheadNs]).toEqual(['paused', 1, 5290]);
    expect(frames).toEqual([]);
    session.step(-1);
    await work();
    expect([session.phase, session.playheadNs]).toEqual([1, -1]);
  });

  test('by step it takes one after the other to the end, and pauses there', async () => {
    const session = await started();
    session.setGrain('frame');
    session.setSpeed(4);
    session.play();
    await pass(1000);
    expect(kinds().filter((kind) => kind === 'step').length).toBeCloseTo(8, -1);
    expect(session.playing).toBe(true);
    await pass(10_000);
    expect(session.state).toBe('paused');
    expect(session.moment?.atEnd).toBe(true);
    expect(frames).toEqual([]);
    session.play();
    await work();
    expect(session.moment?.atStart).toBe(true);
  });

  test('by time the playhead runs on smoothly, and asks only when something happens', async () => {
    const session = await started();
    session.seek(6000);
    await work();
    orders = [];
    session.setTempo('time');
    session.setSpeed(3);
    session.play();
    await pass(1000);
    expect(session.playheadNs).toBeCloseTo(7000, -2);
    expect(session.phase).toBeGreaterThan(0);
    expect(orders).toEqual([]);
    await pass(5000);
    expect(session.playheadNs).toBeGreaterThan(11_150);
    expect(kinds()).toEqual(['advance', 'advance']);
    session.pause();
    await work();
    expect(session.moment?.timeNs).toBe(Math.floor(session.playheadNs));
  });

  test('with reduced motion nothing is on its way', async () => {
    still = true;
    const session = await started();
    session.step(1);
    await work();
    expect(session.phase).toBe(1);
    await pass(50);
    expect(session.state).toBe('paused');
  });

  test('asks all questions of a frame at once', async () => {
    const session = await started();
    session.watch('a', { view: 'nic', part: 'client' });
    session.watch('b', { view: 'console', part: 'client' });
    session.watch('c', { view: 'os', part: 'client' });
    session.unwatch('c');
    await pass(200);
    expect(kinds()).toEqual(['look']);
    expect(session.answer('a')).toMatchObject({ interrupt: false });
    expect(Object.keys(session.moment?.answers ?? {})).toEqual(['a', 'b']);
    expect(session.answer('c')).toBeNull();
    session.seek(6_000_000);
    await work();
    expect(session.answer('b')).toMatchObject({ text: expect.stringMatching('PING') as string });
  });

  test('an edited program runs from the start, and one that does not assemble tells why', async () => {
    // It comes later than this test's desk looks.
    await loadAssembler();
    const session = await started(page);
    session.watch('cpu', { view: 'processor', part: 'server' });
    session.seek(100_000);
    await work();
    const wrong = session.program('server', 'addd a0, a0, a0\n');
    await work();
    expect(await wrong).toMatchObject([{ line: 1, column: 1 }]);
    expect(session.moment).toMatchObject({ timeNs: 100_000, sources: {} });
    const ordered = vi.fn();
    session.accompany({ until: () => null, ordered, presented: vi.fn(), refused: vi.fn() });
    const right = session.program('server', 'li a7, 93\necall\n');
    await work();
    expect(await right).toEqual([]);
    expect(session.moment).toMatchObject({ timeNs: -1, atStart: true });
    expect(session.moment?.sources['server']).toContain('li a7');
    expect(session.answer('cpu')).toMatchObject({ program: { source: 'li a7, 93\necall\n' } });
    session.undo();
    await work();
    expect(session.moment).toMatchObject({ timeNs: 100_000, sources: {} });
    expect(ordered).toHaveBeenCalledWith(expect.objectContaining({ kind: 'program' }));
    const nobody = session.program('nobody', '');
    await work();
    expect(await nobody).toBeNull();
    expect(session.message).toMatch(/no program to edit on nobody/);
  });

  test('the scrubber’s playhead follows the finger', async () => {
    const session = await started();
    session.scrubStart();
    session.scrub(700_000.4);
    expect(session.playheadNs).toBe(700_000);
    await work();
    session.scrubEnd();
    expect([session.state, session.playheadNs]).toEqual(['paused', 700_000]);
  });

  test('what is done while it plays by time is done at the playhead', async () => {
    const session = await started();
    session.setTempo('time');
    session.setSpeed(6);
    session.play();
    await pass(1000);
    const headNs = session.playheadNs;
    const deed: Deed = { kind: 'cut', cable: 'cable' };
    session.do(deed);
    await work();
    expect(session.moment?.inputs).toEqual([{ atNs: Math.floor(headNs), deed }]);
    session.undo();
    await work();
    expect(session.moment?.inputs).toEqual([]);
  });

  test('a refusal is shown until something else is done', async () => {
    const session = await started();
    const seen: (string | null)[] = [];
    const stop = $effect.root(() => {
      $effect(() => void seen.push(session.message));
    });
    flushSync();
    session.undo();
    await work();
    flushSync();
    session.seek(10);
    await work();
    flushSync();
    stop();
    expect(seen).toEqual([null, expect.stringMatching(/nothing to undo/), null]);
    expect(await session.copyLink()).toBeNull();
    expect(session.message).toBe('not now');
    session.dismiss();
    expect(session.message).toBeNull();
  });

  test('an engine that is lost comes back where it was; one that fails says so', async () => {
    const session = await started();
    session.seek(50_000);
    await work();
    const moment = session.moment!;
    hearer.lost();
    expect(session.state).toBe('loading');
    hearer.heard({ kind: 'moment', moment, opened: null }, 99);
    expect([session.state, session.playheadNs]).toEqual(['paused', 50_000]);
    expect(session.message).toMatch(/started again/);
    hearer.failed('It is over.');
    expect([session.state, session.message]).toEqual(['failed', 'It is over.']);
  });

  test('an engine that failed is asked nothing more, and no frame is drawn for it', async () => {
    const session = await started();
    session.step(1);
    hearer.failed('It is over.');
    session.watch('a', { view: 'nic', part: 'client' });
    await pass(200);
    expect([frames, kinds()]).toEqual([[], ['step']]);
  });

  test('a capture is called after the scenario on show, which a link may have chosen', async () => {
    const saved: string[] = [];
    vi.stubGlobal('URL', { createObjectURL: () => 'blob:', revokeObjectURL: vi.fn() });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push(this.download);
    });
    const session = new Session(page.slug, (who) => {
      hearer = who;
      const reply: Reply = { kind: 'pcap', octets: new Uint8Array() };
      return { send: () => 1, ask: () => Promise.resolve(reply), close: vi.fn() };
    });
    session.start();
    hearer.heard({ kind: 'moment', moment: moment({ slug: 'ping' }), opened: null }, 1);
    await session.savePcap('cable');
    expect(saved).toEqual(['ping-cable.pcapng']);
  });

  test('keys are obeyed', async () => {
    const session = await started();
    expect(session.obey('finer')).toBe(true);
    expect(session.obey('coarser')).toBe(true);
    expect(session.grain).toBe('call');
    expect(session.obey('legend')).toBe(false);
    session.obey('end');
    await work();
    expect(session.moment?.atEnd).toBe(true);
    session.stop();
    expect(frames).toEqual([]);
  });
});
