/** How near the stage is looked at, and what is to be drawn for that. Loaded with what draws it. */
import { seenIn, type Frame, type Places } from '../layout/camera';
import { wordLine } from '../layout/datapath';
import { insideBox, insidesIn } from '../layout/insides';
import type { MapBoxes } from '../layout/map';
import { coreIn, placesOf } from '../layout/places';
import type { Through } from '../layout/routes';
import type { Answer } from '../../simulator';
import type { Moment } from '../session/protocol';
import { questionOf } from './asker';
import { happeningAt } from './follow';
import FrameStrip from './FrameStrip.svelte';
import Inside from './inside/Inside.svelte';

type About = {
  readonly map: MapBoxes;
  readonly moment: Moment;
  /** Pixels for a unit of the drawing while the whole is seen. */
  readonly fit: number;
};

const NONE: ReadonlySet<string> = new Set();
export class Nearness {
  /** Null: the whole. */
  frame = $state.raw<Frame | null>(null);
  /** Where the memory of each computer was touched last. */
  touched = $state.raw<Readonly<Record<string, number>>>({});

  readonly #about: () => About;

  constructor(about: () => About) {
    this.#about = about;
  }

  /** The names of the hosts and of the cables change less than the moment does. */
  #hosts = $derived.by(() =>
    this.#about()
      .moment.hosts.map(({ name, processor }) => `${name}${processor === null ? '' : '+'}`)
      .join(' '),
  );
  #cables = $derived.by(() => Object.keys(this.#about().moment.cables).join(' '));

  places: Places = $derived.by(() => {
    const hosts = this.#hosts
      .split(' ')
      .map((text) => ({ name: text.replace('+', ''), deep: text.endsWith('+') }));
    return placesOf(this.#about().map, hosts, this.#cables.split(' '));
  });

  get fit(): number {
    return this.#about().fit;
  }

  /** Pixels of the screen for a unit of the drawing. */
  get scale(): number {
    return this.fit * (this.frame?.k ?? 1);
  }

  /** Paths of the parts whose insides are near enough to be read; whether answered or not. */
  readable: ReadonlySet<string> = $derived.by(() => {
    const { frame, places, scale } = this;
    return frame === null ? NONE : insidesIn(places, seenIn(frame, this.#about().map), scale);
  });

  /** The answer for the inside of that part, if it is to be drawn. */
  insideOf(path: string): Answer | null {
    if (!this.readable.has(path)) return null;
    return this.#about().moment.answers[questionOf(path)] ?? null;
  }

  /** Through the datapath of that computer, while it is looked at from near. */
  through(host: string): Through | null {
    const cpu = this.places[`${host}.cpu`];
    if (cpu === undefined) return null;
    const answer = this.insideOf(`${host}.cpu`) as Answer<'processor'> | null;
    if (answer?.kind !== 'rv32') return null;
    const at = insideBox(cpu, 'cpu');
    return (from, to, bus) => wordLine(at, from, to, bus);
  }

  readonly coreIn = coreIn;
  readonly happeningAt = happeningAt;
  readonly Inside = Inside;
  readonly FrameStrip = FrameStrip;
}
