/** A desk with a scenario open: each order's answer is waited for. */
import type { Scenario } from '../../simulator';
import { Desk } from '../../src/session/desk';
import type { Moment, Order, Post, Reply } from '../../src/session/protocol';

export async function office(
  scenario: Scenario,
  link: string | null = null,
): Promise<(order: Order) => Promise<Reply>> {
  const posts: Post[] = [];
  let nowMs = 0;
  const desk = new Desk({
    scenarios: [scenario],
    post: (post) => posts.push(post),
    soon: (go) => setTimeout(go, 0),
    nowMs: () => (nowMs += 0.01),
  });
  let id = 0;
  const ask = async (order: Order): Promise<Reply> => {
    id += 1;
    const wanted = id;
    desk.receive({ id, order, questions: {} });
    for (;;) {
      const found = posts.find((post) => post.id === wanted);
      if (found !== undefined) return found.reply;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  await ask({ kind: 'open', slug: scenario.slug, link });
  return ask;
}

export function momentIn(reply: Reply): Moment {
  if (reply.kind !== 'moment') throw new Error(JSON.stringify(reply));
  return reply.moment;
}
