/** Laws of frames: what cables and interfaces count must agree. */
import { framesAt } from '../../host/statements';
import { nameOf, type CablePart, type World } from '../parts';
import { counted, first, sum, witness, type Law } from './law';

const SHORTEST_OCTETS = 64;
const LONGEST_OCTETS = 1518;

/** Of a statement that all interfaces, or all cables, make together: the first of them. */
const interfaces = (world: World): string => {
  const [host] = world.parts;
  return host === undefined ? '' : `${nameOf(host)}.nic`;
};
const cables = (world: World): string => world.cables.map(nameOf)[0] ?? '';

const hasOutside = (world: World): boolean => world.parts.some(({ kind }) => kind === 'outside');

function arrivedAt({ parts }: World): number {
  let arrived = 0;
  for (const part of parts) {
    if (part.kind === 'outside') arrived += part.state.received;
    if (part.kind !== 'computer') continue;
    const { taken, waiting, refused } = framesAt(part.at);
    arrived += taken + waiting + refused;
  }
  return arrived;
}

/** The interface that a frame under way is for, or comes from. */
const nicAt = (world: World, { ends }: CablePart, end: 0 | 1): string =>
  `${nameOf(world.parts[ends[end]] as never)}.nic`;

export const FRAME_LAWS = {
  'frames-conserved': {
    means: 'Every frame given to a cable is under way, has arrived, or was lost by a fault.',
    broken: (world) =>
      first(world.cables, (part) => {
        const { sent, arrived, lost, flights } = part.state;
        if (sent === arrived + lost + flights.length) return null;
        const under = `${arrived} arrived, ${lost} lost, ${flights.length} under way`;
        const name = nameOf(part);
        return [witness(name, `${counted(sent, 'frame')} sent`), witness(name, under)];
      }),
  },
  'arrivals-counted': {
    means: 'Every frame that came out of a cable was counted by a network interface, once.',
    broken: (world) => {
      const out = sum(world.cables, ({ state }) => state.arrived);
      const counts = arrivedAt(world);
      if (out === counts) return null;
      return [
        witness(cables(world), `${counted(out, 'frame')} came out`),
        witness(interfaces(world), `${counted(counts, 'frame')} reached the interfaces`),
      ];
    },
  },
  'corrupted-refused': {
    means: 'A frame that was corrupted on the cable is never accepted by a network interface.',
    broken: (world) => {
      if (hasOutside(world)) return null;
      const corrupted = sum(world.cables, ({ state }) => state.corrupted);
      const refused = sum(world.computers, ({ at }) => at.nic.counters.badFcs);
      if (refused >= corrupted) return null;
      return [
        witness(cables(world), `${counted(corrupted, 'frame')} came out with flipped bits`),
        witness(interfaces(world), `${refused} refused for a wrong frame check sequence`),
      ];
    },
  },
  'frame-size': {
    means: 'No frame is shorter than 64 or longer than 1518 octets.',
    broken: (world) =>
      first(world.cables, (part) => {
        const odd = part.state.flights.find(
          ({ octets }) => octets.length < SHORTEST_OCTETS || octets.length > LONGEST_OCTETS,
        );
        if (odd === undefined) return null;
        const { length } = odd.octets;
        const rule = `a frame has ${SHORTEST_OCTETS} to ${LONGEST_OCTETS} octets`;
        return [
          witness(nameOf(part), `frame ${odd.number} has ${counted(length, 'octet')}`),
          witness(nicAt(world, part, odd.from), rule),
        ];
      }),
  },
  'nothing-comes-early': {
    means: 'A frame under way left before now and arrives later: nothing is in two times.',
    broken: (world) =>
      first(world.cables, (part) => {
        const now = world.at.timeNs;
        const odd = part.state.flights.find(
          ({ departNs, arriveNs }) => departNs > now || arriveNs < now || arriveNs <= departNs,
        );
        if (odd === undefined) return null;
        const { number, departNs, arriveNs } = odd;
        return [
          witness(nameOf(part), `frame ${number} is under way at ${now} ns`),
          witness(
            nicAt(world, part, odd.from),
            `it leaves at ${departNs} ns and arrives at ${arriveNs} ns`,
          ),
        ];
      }),
  },
} as const satisfies { readonly [name: string]: Law };
