/**
 * Moments on their way from the worker: of hosts and cables only those go that are not as in the
 * moment sent before. Both ends go through the same moments in the same order, so each comes out
 * whole, and what has not changed is the same object in both.
 */
import type { CableView } from '../../simulator';
import type { HostSummary, Moment, Post } from './protocol';

/** With `rest`, the moment in it lacks what the one sent before has too. */
export type Parcel = Post & { readonly rest?: Rest };

type Rest = {
  /** Places in the list of hosts, and who stands there. */
  readonly hosts: readonly (readonly [place: number, host: HostSummary])[];
  readonly cables: readonly (readonly [name: string, cable: CableView])[];
};

/** Is `now` of the same world as `before`, whatever has happened in it. */
function alike(before: Moment, now: Moment): boolean {
  const names = Object.keys(now.cables);
  return (
    before.hosts.length === now.hosts.length &&
    before.hosts.every(({ name }, place) => now.hosts[place]?.name === name) &&
    Object.keys(before.cables).length === names.length &&
    names.every((name) => name in before.cables)
  );
}

function restOf(before: Moment, { hosts, cables }: Moment): Rest {
  return {
    hosts: hosts.flatMap((host, place) =>
      before.hosts[place] === host ? [] : ([[place, host]] as const),
    ),
    cables: Object.entries(cables).filter(([name, cable]) => before.cables[name] !== cable),
  };
}

/** The worker's end. */
export class Packer {
  #last: Moment | null = null;

  pack(post: Post): Parcel {
    const { reply } = post;
    if (reply.kind !== 'moment') return post;
    const { moment } = reply;
    const before = this.#last;
    this.#last = moment;
    if (before === null || !alike(before, moment)) return post;
    const light = { ...moment, hosts: [], cables: {} };
    return { ...post, reply: { ...reply, moment: light }, rest: restOf(before, moment) };
  }
}

function whole({ hosts, cables }: Moment, light: Moment, rest: Rest): Moment {
  const all = [...hosts];
  for (const [place, host] of rest.hosts) all[place] = host;
  return { ...light, hosts: all, cables: { ...cables, ...Object.fromEntries(rest.cables) } };
}

/** The screen's end; a worker that is started anew has another. */
export class Unpacker {
  #last: Moment | null = null;

  unpack({ id, reply, rest }: Parcel): Post {
    if (reply.kind !== 'moment') return { id, reply };
    const before = this.#last;
    const { moment } = reply;
    const made = before !== null && rest !== undefined ? whole(before, moment, rest) : moment;
    this.#last = made;
    return { id, reply: { ...reply, moment: made } };
  }
}
