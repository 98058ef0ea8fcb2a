import { expect, test } from 'vitest';
import { START } from '../../simulator';
import { emit, parse } from '../../src/session/link';
import { edited, withSource } from '../../src/session/programs';
import type { Moment, Order } from '../../src/session/protocol';
import { momentIn, office as officeOf } from './office';
import { page } from './scenarios';

function sourceOf(host: string): string {
  for (const spec of page.world.hosts)
    if (spec.name === host && 'programs' in spec)
      for (const program of spec.programs) if (program.kind === 'machine') return program.source;
  throw new Error(`${host} runs no machine program`);
}
const authored = sourceOf('server');
const changed = authored.replace('<h1>It works</h1>', '<h1>Rewritten</h1>');
const broken = authored.replace(/^/, 'addd a0, a0, a0\n');
const displayed = (moment: Moment): string =>
  moment.hosts.find(({ name }) => name === 'client')?.consoleTail ?? '';

const office = (link: string | null = null): ReturnType<typeof officeOf> => officeOf(page, link);

const run = (source: string): Order => ({ kind: 'program', host: 'server', source });
const end: Order = { kind: 'seek', to: page.endsAtNs };

test('an edited program runs from the start, its page arrives, and undo goes back', async () => {
  const ask = await office();
  const before = momentIn(await ask(end));
  expect(displayed(before)).toContain('It works');
  expect(momentIn(await ask(run(changed)))).toMatchObject({ timeNs: -1, inputs: [] });
  const after = momentIn(await ask(end));
  expect(displayed(after)).toContain('Rewritten');
  expect(after.sources).toEqual({ server: changed });
  const undone = momentIn(await ask({ kind: 'undo' }));
  expect(undone).toMatchObject({ timeNs: before.timeNs, sources: {} });
  expect(displayed(undone)).toBe(displayed(before));
});

test('an edited program that takes longer is shown to its end', async () => {
  const ask = await office();
  const waits = sourceOf('client').replace(
    '_start:',
    '_start:\n  li t0, 20000\n1: addi t0, t0, -1\n  bnez t0, 1b\n',
  );
  const start = momentIn(await ask({ kind: 'program', host: 'client', source: waits }));
  expect(start.endsAtNs).toBeGreaterThan(page.endsAtNs);
  const last = momentIn(await ask({ kind: 'seek', to: start.endsAtNs }));
  expect(displayed(last)).toContain('</html>');
  await ask({ kind: 'undo' });
  // One that never comes to its end is no longer than what happened in it.
  const endless = momentIn(await ask(run('_start: j _start\n')));
  expect(endless.endsAtNs).toBe(page.endsAtNs);
});

test('a source that does not assemble tells where and what to do, and changes nothing', async () => {
  const ask = await office();
  const before = momentIn(await ask(end));
  const reply = await ask(run(broken));
  expect(reply).toMatchObject({ kind: 'errors', errors: [{ line: 1, column: 1 }] });
  const after = momentIn(await ask({ kind: 'look' }));
  expect(after).toMatchObject({ at: before.at, sources: {} });
});

test('the authored source is no edit', () => {
  expect(withSource(page, { server: changed }, 'server', authored)).toEqual({});
  expect(edited(page, { nobody: '' })).toEqual({ ok: false, host: 'nobody', errors: [] });
});

test('a link carries edited sources; one that does not assemble is told of', async () => {
  const at = { slug: page.slug, seed: 1, inputs: [], at: START, timeNs: -1 };
  const of = (server: string): Promise<string | null> =>
    emit({ place: { ...at, sources: { server } }, room: null, grain: null }, page.version);
  const text = await of(changed);
  const ask = await office(text);
  expect(displayed(momentIn(await ask(end)))).toContain('Rewritten');
  // What was before the link was opened is not known: undo takes one edit after the other back.
  expect(momentIn(await ask({ kind: 'undo' }))).toMatchObject({ timeNs: -1, sources: {} });
  expect(displayed(momentIn(await ask(end)))).toContain('It works');
  expect(await ask({ kind: 'undo' })).toMatchObject({ kind: 'refused' });
  const bad = await parse((await of(broken)) ?? '', [page]);
  expect(bad).toMatchObject({ ok: false });
  expect(JSON.stringify(bad)).toMatch(/server does not assemble .line 1.*start of the scenario/);
});

test('running what runs already drops what was done, and undo brings that back', async () => {
  const ask = await office();
  expect(momentIn(await ask({ kind: 'look' }))).toMatchObject({ undoable: false });
  const cut = momentIn(await ask({ kind: 'deed', deed: { kind: 'cut', cable: 'cable' } }));
  expect(cut).toMatchObject({ undoable: true });
  const again = momentIn(await ask(run(authored)));
  expect(again).toMatchObject({ inputs: [], sources: {}, undoable: true });
  const undone = momentIn(await ask({ kind: 'undo' }));
  expect(undone).toMatchObject({ inputs: cut.inputs, undoable: true });
  expect(momentIn(await ask({ kind: 'undo' }))).toMatchObject({ inputs: [], undoable: false });
});

test('of many edits the last two are undone one by one, those before them at once', async () => {
  const ask = await office();
  const sources = ['a', 'b', 'c', 'd'].map((name) => `li a7, 93 # ${name}\necall\n`);
  for (const source of sources) await ask(run(source));
  for (const server of [sources[2], sources[1]])
    expect(momentIn(await ask({ kind: 'undo' })).sources).toEqual({ server });
  const first = momentIn(await ask({ kind: 'undo' }));
  expect(first).toMatchObject({ sources: {}, undoable: false });
  expect(await ask({ kind: 'undo' })).toMatchObject({ kind: 'refused' });
});

test('a link with two edited programs: undo takes them back one by one, the last first', async () => {
  const client = `# mine\n${sourceOf('client')}`;
  const sources = { server: changed, client };
  const at = { slug: page.slug, seed: 1, inputs: [], at: START, timeNs: -1, sources };
  const ask = await office(await emit({ place: at, room: null, grain: null }, page.version));
  expect(momentIn(await ask({ kind: 'undo' })).sources).toEqual({ server: changed });
  expect(displayed(momentIn(await ask(end)))).toContain('Rewritten');
  expect(momentIn(await ask({ kind: 'undo' })).sources).toEqual({});
});
