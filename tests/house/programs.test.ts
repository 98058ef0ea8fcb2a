/** What a browser gets in place of a scenario's programs is what the assembler makes of them. */
import { expect, test } from 'vitest';
import { client, server } from '../../scenarios/fetch-a-page/programs';
import { moduleOf } from '../../scripts/programs.mjs';
import type { MachineProgram } from '../../simulator';

type Programs = Readonly<Record<string, MachineProgram>>;

const made = { client, server };
const run = async (code: string): Promise<Programs> =>
  (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as Programs;

test('the worker gets programs with the very same images', async () => {
  expect({ ...(await run(moduleOf(made, true))) }).toEqual(made);
});

test('the page gets their sources, and no image by mistake', async () => {
  const { server: bare } = await run(moduleOf(made, false));
  expect(bare).toMatchObject({ kind: 'machine', name: 'server', source: server.source });
  expect(() => bare?.image).toThrow('a page has no images');
});
