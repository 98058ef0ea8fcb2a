/** The scenarios that these tests run, and an engine driven to the end of each order. */
import { scenario as page } from '../../scenarios/fetch-a-page/scenario';
import { scenario as ping } from '../../scenarios/ping/scenario';
import { Engine, type Simple } from '../../src/session/engine';
import type { Moment, Questions, Reply } from '../../src/session/protocol';
import type { Work } from '../../src/session/running';

export { page, ping };

/** All slices of a piece of work, one after the other. */
export function finished<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

type Order = Exclude<Simple, { kind: 'reopen' }>;

export function replyTo(engine: Engine, order: Order, questions: Questions = {}): Reply {
  return finished(engine.begin(order, questions));
}

/** The moment that `order` is answered with. */
export function momentAfter(engine: Engine, order: Order, questions: Questions = {}): Moment {
  const reply = replyTo(engine, order, questions);
  if (reply.kind !== 'moment') throw new Error(JSON.stringify(reply));
  return reply.moment;
}

export const opened = (): Engine => new Engine(ping);
