/**
 * The screen's side of the engine's worker. Moments are heard as they come; links and captures are
 * promises. A worker that dies is started again at the moment last seen.
 */
import { Unpacker, type Parcel } from './parcel';
import type { Letter, Moment, Order, Post, Questions, Reply } from './protocol';

export type Hearer = {
  readonly heard: (reply: Reply, id: number | null) => void;
  /** The engine died and is being started again. */
  readonly lost: () => void;
  /** It died too often, or cannot be started. */
  readonly failed: (why: string) => void;
};

/** What a client needs of a `Worker`; tests hand in their own. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate'> & {
  onmessage: ((event: MessageEvent<Parcel>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
};

/** Deaths in a row without a moment in between, after which starting again makes no sense. */
const MOST_DEATHS = 3;

const startWorker = (): WorkerLike =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });

export class Client {
  readonly #hearer: Hearer;
  readonly #start: () => WorkerLike;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #worker: WorkerLike | null = null;
  #lastId = 0;
  #deaths = 0;
  #opening: Order | null = null;
  #latest: Moment | null = null;
  /** What is asked without a worker is answered with this. */
  #gone: Reply = GONE;

  constructor(hearer: Hearer, start: () => WorkerLike = startWorker) {
    this.#hearer = hearer;
    this.#start = start;
    this.#run();
  }

  /** Gives the order's number; its answer, when it was not superseded, is heard under it. */
  send(order: Order, questions: Questions): number {
    const id = ++this.#lastId;
    if (order.kind === 'open') this.#opening = order;
    this.#worker?.postMessage({ id, order, questions } satisfies Letter);
    return id;
  }

  /** For orders whose answer goes to who asked: `link`, `pcap` and `program`. */
  ask(order: Order, questions: Questions): Promise<Reply> {
    return new Promise((resolve) => {
      const id = this.send(order, questions);
      if (this.#worker === null) resolve(this.#gone);
      else this.#waiting.set(id, resolve);
    });
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#refuseAll();
  }

  #run(): void {
    try {
      this.#worker = this.#start();
    } catch (error) {
      this.#fail(`The simulator cannot be started: ${String(error)}`);
      return;
    }
    const unpacker = new Unpacker();
    this.#worker.onmessage = ({ data }) => this.#hear(unpacker.unpack(data));
    this.#worker.onerror = (event) => this.#died(event.message || 'for an unknown reason');
    this.#worker.onmessageerror = () => this.#died('it said something unreadable');
  }

  #hear({ id, reply }: Post): void {
    if (reply.kind === 'moment') {
      this.#latest = reply.moment;
      this.#deaths = 0;
    }
    const resolve = id === null ? undefined : this.#waiting.get(id);
    if (id === null || resolve === undefined) {
      this.#hearer.heard(reply, id);
      return;
    }
    this.#waiting.delete(id);
    resolve(reply);
  }

  #refuseAll(): void {
    for (const resolve of this.#waiting.values()) resolve(GONE);
    this.#waiting.clear();
  }

  #fail(why: string): void {
    this.#gone = { kind: 'refused', why };
    this.#hearer.failed(why);
  }

  #died(why: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#refuseAll();
    this.#deaths += 1;
    if (this.#deaths >= MOST_DEATHS) {
      this.#fail(`The simulator stopped (${why}) and does not start again. Reload the page.`);
      return;
    }
    this.#hearer.lost();
    this.#run();
    const again = placeOf(this.#latest) ?? this.#opening;
    if (again !== null) this.send(again, {});
  }
}

const GONE: Reply = {
  kind: 'refused',
  why: 'The simulator had to be started again. Try it once more.',
};

function placeOf(moment: Moment | null): Order | null {
  if (moment === null) return null;
  const { slug, seed, inputs, at, timeNs, sources, turned: knobs } = moment;
  return { kind: 'reopen', place: { slug, seed, inputs, at, timeNs, sources, knobs } };
}
