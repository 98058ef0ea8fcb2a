/** What is added to an order on its way to the engine. */
import type { Order, Stand } from './protocol';

const PROCESSOR: readonly string[] = ['cpu', 'control', 'alu'];

/** While somebody is inside a computer’s processor, steps are those of that processor. */
export function focused(order: Order, inside: string | null): Order {
  const [host, part = ''] = inside?.split('.') ?? [];
  if (order.kind !== 'step' || host === undefined || !PROCESSOR.includes(part)) return order;
  return { ...order, host };
}

/** Forwards no farther than that. */
export function limited(order: Order, until: Stand | null): Order {
  const forwards = order.kind === 'advance' || (order.kind === 'step' && order.direction > 0);
  return forwards && until !== null ? { ...order, until } : order;
}

/** What leaves an older message as it is. */
export const NO_DOINGS: readonly Order['kind'][] = ['advance', 'look', 'reopen', 'link', 'pcap'];

/** What makes another run, or may. */
export const OTHER_RUN: readonly Order['kind'][] = [
  'open',
  'reopen',
  'deed',
  'undo',
  'knob',
  'program',
];
