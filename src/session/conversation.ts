/**
 * What the screen and the engine say to each other: the orders that a moment will answer, and the
 * questions of all views, which go with every order.
 */
import type { Client, Hearer } from './client';
import type { Order, Questions, Reply } from './protocol';

/** What it needs of a client. */
export type Engine = Pick<Client, 'send' | 'ask' | 'close'>;
export type StartClient = (hearer: Hearer) => Engine;

export type Ears = {
  /** `order` is what the reply answers; null when nobody asked for it. */
  readonly heard: (reply: Reply, order: Order | null) => void;
  readonly lost: () => void;
  readonly failed: (why: string) => void;
};

/** The questions but that of `key`. */
export const without = (questions: Questions, key: string): Questions =>
  Object.fromEntries(Object.entries(questions).filter(([name]) => name !== key));

type Pending = { readonly id: number; readonly order: Order };

export class Conversation {
  readonly #engine: Engine;
  readonly #questions: () => Questions;
  /** Oldest first. */
  #pending: Pending[] = [];
  #curious = false;

  constructor(start: StartClient, questions: () => Questions, { heard, lost, failed }: Ears) {
    this.#questions = questions;
    this.#engine = start({
      heard: (reply, id) => heard(reply, this.#answered(id)),
      lost: () => {
        this.#pending = [];
        lost();
      },
      failed,
    });
  }

  /** Is there an order that no moment has answered yet. */
  get waiting(): boolean {
    return this.#pending.length > 0;
  }

  /** Is there a question that no order has carried yet. */
  get curious(): boolean {
    return this.#curious;
  }

  /** To be answered by a moment, which is heard. */
  send(order: Order): void {
    this.#curious = false;
    const id = this.#engine.send(order, this.#questions());
    this.#pending.push({ id, order });
  }

  /** To be answered once and for all. */
  ask(order: Order): Promise<Reply> {
    return this.#engine.ask(order, this.#questions());
  }

  /** There is a new question. */
  wonder(): void {
    this.#curious = true;
  }

  close(): void {
    this.#engine.close();
  }

  /** The order of that number; those before it were superseded. */
  #answered(id: number | null): Order | null {
    if (id === null) return null;
    const order = this.#pending.find((each) => each.id === id)?.order ?? null;
    this.#pending = this.#pending.filter((each) => each.id > id);
    return order;
  }
}
