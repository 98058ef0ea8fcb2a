/**
 * The session of a figure: it is started when somebody touches the figure, at the figure's moment,
 * and stands still while the figure is not in sight.
 */
import type { Moment } from '../session/protocol';
import { Session } from '../session/session.svelte';
import type { Figure } from './article';
import { read } from './octets';

export type MakeSession = (scenario: string) => Session;

type Act = (session: Session) => void;

export class Live {
  readonly still: Moment;
  #session = $state.raw<Session>() as Session;
  readonly #figure: Figure;
  readonly #make: MakeSession;
  #started = $state(false);
  /** What was pressed before the engine had answered. */
  #wishes: Act[] = [];
  /** It was playing when it went out of sight. */
  #interrupted = false;

  constructor(figure: Figure, make: MakeSession = (scenario) => new Session(scenario)) {
    this.#figure = figure;
    this.#make = make;
    this.still = read(figure.still) as Moment;
    this.#session = make(figure.scenario);
  }

  get session(): Session {
    return this.#session;
  }

  get started(): boolean {
    return this.#started;
  }

  /** Until the engine answers, the moment that the page was made with. */
  get moment(): Moment {
    return this.session.moment ?? this.still;
  }

  get playheadNs(): number {
    return this.session.moment === null ? this.still.timeNs : this.session.playheadNs;
  }

  /** The engine has answered, or will not. */
  get ready(): boolean {
    return this.#started && this.session.state !== 'loading';
  }

  /** At once, or when the engine is there; it is started if need be. */
  do(act: Act): void {
    if (!this.#started) {
      this.#started = true;
      this.session.start(`#m=${this.#figure.link}`);
    }
    this.#wishes.push(act);
    this.proceed();
  }

  /** Does what waits for the engine, once that is there. */
  proceed(): void {
    if (!this.ready) return;
    const wishes = this.#wishes;
    this.#wishes = [];
    for (const act of wishes) act(this.session);
  }

  /** Back to the figure's moment, with nothing done. */
  reset(): void {
    this.stop();
    this.#session = this.#make(this.#figure.scenario);
  }

  sighted(inSight: boolean): void {
    if (inSight && this.#interrupted) this.session.play();
    this.#interrupted = !inSight && this.session.playing;
    if (this.#interrupted) this.session.pause();
  }

  stop(): void {
    if (this.#started) this.session.stop();
    this.#started = false;
    this.#wishes = [];
    this.#interrupted = false;
  }
}
