/** What is in sight of a world of many, each part of it found anew only when what it is of changes. */
import type { Facing } from '../../layout/computer';
import * as world from '../../layout/world';
import { indexOf } from '../../layout/worldIndex';
import type { Moment } from '../../session/protocol';
import type { Playhead } from '../scene';
import { hostsSeen, type Seen } from './brush';
import type { Scene } from './scene';
import { flightsOnAll, linksOf, placesOf, stateOf, titlesOf } from './sights';

type About = {
  readonly moment: Moment;
  readonly playhead: Playhead;
  readonly still: boolean;
  readonly width: number;
  readonly height: number;
  /** Null, or left out: everything is seen. */
  readonly at?: world.Looking | null | undefined;
};

/** More than these in sight are painted. */
const MOST_CARDS = 60;
/** At the foot there is what all of them do. */
const COUNT_PX = 26;
const NO_CABLES: readonly world.Span[] = [];

export class Sight {
  readonly #about: About;

  /** `about`: its fields are read one by one, so that each answer depends on what it is made of. */
  constructor(about: About) {
    this.#about = about;
  }

  /** Who there is and what joins them changes less than the moment does. */
  #joined = $derived.by(() => {
    const { hosts, cables } = this.#about.moment;
    const ends = Object.entries(cables).map(([name, cable]) => `${name} ${cable.ends.join(' ')}`);
    return [hosts.map(({ name }) => name).join(' '), ...ends].join('\n');
  });
  #aspect = $derived.by(() => {
    const { width, height } = this.#about;
    return Math.round((width / height) * 10) / 10;
  });

  layout = $derived.by(() => {
    const [hosts = '', ...cables] = this.#joined.split('\n');
    const joined = cables.map((text): world.Joined => {
      const [name = '', a = '', b = ''] = text.split(' ');
      return { name, ends: [a, b] };
    });
    return world.worldLayout(hosts.split(' '), joined, this.#aspect);
  });
  index = $derived.by(() => indexOf(this.layout));
  places = $derived.by(() => placesOf(this.layout));
  #links = $derived.by(() => linksOf(this.layout));
  #lastTitles: ReadonlyMap<string, string> | null = null;
  /** The same map as long as all are called the same: of a thousand none is named anew. */
  titles = $derived.by(() => {
    const { hosts } = this.#about.moment;
    const last = this.#lastTitles;
    const isLast = hosts.every(({ name, title }) => last?.get(name) === title);
    if (last?.size === hosts.length && isLast) return last;
    return (this.#lastTitles = titlesOf(this.#about.moment));
  });
  #titleList = $derived.by(() => [...this.titles.values()]);

  looking = $derived.by(() => {
    const { at, width, height } = this.#about;
    return at ?? world.fitting(this.layout, { width, height: height - COUNT_PX });
  });
  seen = $derived.by((): readonly Seen[] => hostsSeen(this.layout, this.looking, this.#about));
  cards = $derived.by(() => this.seen.length <= MOST_CARDS);
  flights = $derived.by(() => flightsOnAll(this.#about.moment, this.#about.playhead));
  #states = $derived.by(() => this.#about.moment.hosts.map(stateOf));

  /** For the painter; who asks adds the rings. */
  get scene(): Omit<Scene, 'rings' | 'colours'> {
    const { layout, looking, flights, cards } = this;
    const { moment, still, width, height } = this.#about;
    const states = this.#states;
    const titles = this.#titleList;
    const { cables } = moment;
    return { layout, looking, flights, cards, still, width, height, states, titles, cables };
  }

  linksOf(host: string): readonly world.Span[] {
    return this.#links.get(host) ?? NO_CABLES;
  }

  isLinked(host: string): boolean {
    const { cables } = this.#about.moment;
    return this.linksOf(host).some(({ name }) => cables[name]?.cut === false);
  }

  isOnWire(host: string): boolean {
    return this.linksOf(host).some(({ name }) => this.flights.has(name));
  }

  /** Where its first cable leads. */
  facingOf(host: string): Facing {
    const [link] = this.linksOf(host);
    if (link === undefined) return 'right';
    const [own, other] = link.ends[0] === host ? [link.from, link.to] : [link.to, link.from];
    return other.x < own.x ? 'left' : 'right';
  }
}
