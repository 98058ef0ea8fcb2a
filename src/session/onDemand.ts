/** What the desk loads when it is first needed: what reads and writes links, and the assembler. */
import type { Scenario } from '../../simulator';
import { isAssemblerLoaded } from './assembler';
import type * as Links from './link';
import type { Order, Reply } from './protocol';

const links = (): Promise<typeof Links> => import('./link');

const UNREAD = 'What reads links could not be loaded. Here is the start of the scenario instead.';

/** A link that cannot be read for want of a network is told of, and keeps nobody out. */
export async function read(text: string, scenarios: readonly Scenario[]): Promise<Links.Parsed> {
  const reader = await links().catch(() => null);
  return reader === null ? { ok: false, why: UNREAD } : reader.parse(text, scenarios);
}

/** The answer to who asked for a link. */
export async function written(link: Links.Link, version: number): Promise<Reply> {
  const { emit, TOO_MUCH } = await links();
  const text = await emit(link, version);
  return text === null ? { kind: 'refused', why: TOO_MUCH } : { kind: 'link', link: text };
}

/** Carrying it out needs the assembler, which is not there yet. */
export const assembles = (order: Order): boolean =>
  (order.kind === 'program' || (order.kind === 'reopen' && order.place.sources !== undefined)) &&
  !isAssemblerLoaded();
