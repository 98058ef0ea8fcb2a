/**
 * How near the stage is looked at. What is needed for that is loaded when somebody first points at
 * the stage, touches it, or comes to it by keyboard; until then the whole is seen.
 */
import type { Frame, Places } from '../layout/camera';
import type { MapBoxes } from '../layout/map';
import type { Through } from '../layout/routes';
import type { Answer } from '../../simulator';
import type { Moment } from '../session/protocol';
import { questionOf } from './asker';
import type * as Closer from './closer';

type About = {
  readonly map: MapBoxes;
  readonly moment: Moment;
  /** Pixels for a unit of the drawing while the whole is seen. */
  readonly fit: number;
};

const NO_PLACES: Places = {};
const NONE: ReadonlySet<string> = new Set();
/** What moves, and signs, grow with what they are about only so much; and do not shrink below that. */
const [LEAST, MOST] = [0.9, 1.6];
/** Text of 11 px is smaller than 9 px from here on. */
const FAR = 9 / 11;

export class Nearness {
  closer = $state.raw<typeof Closer | null>(null);
  /** Null: the whole. */
  frame = $state.raw<Frame | null>(null);
  /** Where the memory of each computer was touched last. */
  touched = $state.raw<Readonly<Record<string, number>>>({});

  readonly #about: () => About;
  #loading: Promise<void> | null = null;

  constructor(about: () => About) {
    this.#about = about;
  }

  wake(): Promise<void> {
    this.#loading ??= import('./closer').then((closer) => {
      this.closer = closer;
    });
    return this.#loading;
  }

  /** The names of the hosts and of the cables change less than the moment does. */
  #hosts = $derived.by(() =>
    this.#about()
      .moment.hosts.map(({ name, processor }) => `${name}${processor === null ? '' : '+'}`)
      .join(' '),
  );
  #cables = $derived.by(() => Object.keys(this.#about().moment.cables).join(' '));

  places: Places = $derived.by(() => {
    const { closer } = this;
    if (closer === null) return NO_PLACES;
    const hosts = this.#hosts
      .split(' ')
      .map((text) => ({ name: text.replace('+', ''), deep: text.endsWith('+') }));
    return closer.placesOf(this.#about().map, hosts, this.#cables.split(' '));
  });

  get fit(): number {
    return this.#about().fit;
  }

  /** Pixels of the screen for a unit of the drawing. */
  get scale(): number {
    return this.fit * (this.frame?.k ?? 1);
  }

  get far(): boolean {
    return this.scale < FAR;
  }

  /** What something is multiplied with that keeps about its size on the screen. */
  get shrink(): number {
    return Math.min(MOST, Math.max(LEAST, this.scale)) / this.scale;
  }

  /** Paths of the parts whose insides are near enough to be read; whether answered or not. */
  readable: ReadonlySet<string> = $derived.by(() => {
    const { closer, frame, places, scale } = this;
    if (closer === null || frame === null) return NONE;
    return closer.insidesIn(places, closer.seenIn(frame, this.#about().map), scale);
  });

  /** The answer for the inside of that part, if it is to be drawn. */
  insideOf(path: string): Answer | null {
    if (!this.readable.has(path)) return null;
    return this.#about().moment.answers[questionOf(path)] ?? null;
  }

  /** Through the datapath of that computer, while it is looked at from near. */
  through(host: string): Through | null {
    const { closer } = this;
    const cpu = this.places[`${host}.cpu`];
    if (closer === null || cpu === undefined) return null;
    const answer = this.insideOf(`${host}.cpu`) as Answer<'processor'> | null;
    if (answer?.kind !== 'rv32') return null;
    const at = closer.insideBox(cpu, 'cpu');
    return (from, to, bus) => closer.wordLine(at, from, to, bus);
  }
}
