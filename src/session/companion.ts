/** What goes along with a session: it may limit how far it plays, and hears what comes of orders. */
import type { Moment, Order, Stand } from './protocol';

export type Companion = {
  /** How far playing and stepping may go; null when nothing stops them. */
  readonly until: () => Stand | null;
  readonly ordered: (order: Order) => void;
  /** `order` is what led to it; null when nobody asked. */
  readonly presented: (moment: Moment, order: Order | null) => void;
  readonly refused: (order: Order | null) => void;
};
