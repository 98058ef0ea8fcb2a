/** Questions about a run's history, on the desk's side: what answers them is loaded for the first. */
import type { Asides, Question } from './asides';
import type { Told } from './chronicle';
import { because } from './defect';
import type { Inquiry, Letter, Order, Reply } from './protocol';

/** What a moment is made of, or another run. */
export type Command = Letter & { readonly order: Exclude<Order, Inquiry> };

const INQUIRIES: ReadonlySet<Order['kind']> = new Set<Inquiry['kind']>([
  ...(['window', 'lines', 'export', 'kinds', 'series'] as const),
]);

export const asks = (letter: Letter): letter is Question => INQUIRIES.has(letter.order.kind);

export class Inquiries {
  readonly #answer: (id: number, reply: Reply) => void;
  /** There is something to do. */
  readonly #call: () => void;
  #loaded: Promise<Asides> | null = null;
  #asides: Asides | null = null;

  constructor(answer: (id: number, reply: Reply) => void, call: () => void) {
    this.#answer = answer;
    this.#call = call;
  }

  /** One promise for all, so that they are received in the order in which they came. */
  receive(letter: Question): void {
    this.#loaded ??= import('./asides').then(({ Asides }) => new Asides(this.#answer));
    this.#loaded.then(
      (asides) => {
        this.#asides = asides;
        asides.receive(letter);
        this.#call();
      },
      (error: unknown) => {
        this.#loaded = null;
        this.#answer(letter.id, { kind: 'refused', why: because(error) });
      },
    );
  }

  /** One slice for whoever asked, or of what nobody waits for (`lookOn`); false without any. */
  proceed(work: 'proceed' | 'lookOn', engine: Told | null): boolean {
    const asides = this.#asides;
    if (asides === null) return false;
    if (engine === null) return asides.refuse('No scenario is open yet.');
    try {
      return asides[work](engine);
    } catch (error) {
      return asides.refuse(because(error));
    }
  }
}
