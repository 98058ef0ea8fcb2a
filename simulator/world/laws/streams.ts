/**
 * Laws of TCP connections: the two ends of one must agree. Ends belong together when each names the
 * other's address and port and knows the other's initial sequence number. A checksum guards every
 * segment, also against one bit that flips in RAM; against several that cancel out it does not.
 */
import { slice } from '../../contract/octets';
import type { Endpoint } from '../../contract/program';
import { before, distance } from '../../bits/words';
import { streamsOf, type EndOfStream, type Run } from '../../host/statements';
import { nameOf, type World } from '../parts';
import { first, witness, type Contradiction, type Law } from './law';

/** From the end that writes to the one that reads, each with the path of its kernel. */
type Way = {
  readonly writer: EndOfStream;
  readonly writes: string;
  readonly reader: EndOfStream;
  readonly reads: string;
};

type Standing = { readonly part: string; readonly end: EndOfStream };

const same = (a: Endpoint, b: Endpoint): boolean => a.address === b.address && a.port === b.port;

function belong(writer: EndOfStream, reader: EndOfStream): boolean {
  const each = same(writer.local, reader.remote) && same(writer.remote, reader.local);
  return each && writer.iss === reader.irs;
}

/** Both ways of every connection whose two ends are here. */
function waysOf(world: World): Way[] {
  const standings = world.computers.flatMap((part) =>
    streamsOf(part.at).map((end): Standing => ({ part: `${nameOf(part)}.os`, end })),
  );
  return standings.flatMap(({ part: writes, end: writer }) =>
    standings
      .filter(({ end }) => end !== writer && belong(writer, end))
      .map(({ part: reads, end: reader }) => ({ writer, writes, reader, reads })),
  );
}

/** Counted from the initial sequence number, as people and Wireshark do. */
const relative = (number: number, { iss }: EndOfStream): number => distance(number, iss);

/** Offset into the stream of the first octet that both hold and that differs; null when none. */
function difference(kept: Run, unread: Run): number | null {
  if (kept.octets.length === 0 || unread.octets.length === 0) return null;
  const ahead = distance(unread.from, kept.from);
  const ours = slice(kept.octets, Math.max(ahead, 0), kept.octets.length);
  const theirs = slice(unread.octets, Math.max(-ahead, 0), unread.octets.length);
  const count = Math.min(ours.length, theirs.length);
  for (let at = 0; at < count; at++) if (ours[at] !== theirs[at]) return at + Math.max(ahead, 0);
  return null;
}

function unsent({ writer, writes, reader, reads }: Way): Contradiction | null {
  if (!before(writer.sent, reader.wanted)) return null;
  const sent = relative(writer.sent, writer);
  const wanted = relative(reader.wanted, writer);
  return [
    witness(reads, `port ${reader.local.port} acknowledges all before number ${wanted}`),
    witness(writes, `port ${writer.local.port} has sent only what is before number ${sent}`),
  ];
}

function unheld({ writer, writes, reader, reads }: Way): Contradiction | null {
  if (!before(reader.wanted, writer.una)) return null;
  const una = relative(writer.una, writer);
  const wanted = relative(reader.wanted, writer);
  return [
    witness(writes, `port ${writer.local.port} has forgotten what is before number ${una}`),
    witness(reads, `port ${reader.local.port} still waits for number ${wanted}`),
  ];
}

function unlike({ writer, writes, reader, reads }: Way): Contradiction | null {
  const offset = difference(writer.kept, reader.unread);
  if (offset === null) return null;
  const octetOf = ({ from, octets }: Run): number =>
    slice(octets, offset - distance(from, writer.kept.from), octets.length)[0] ?? 0;
  const number = relative(writer.kept.from, writer) + offset;
  return [
    witness(writes, `octet ${number} was written as ${octetOf(writer.kept)}`),
    witness(reads, `octet ${number} will be read as ${octetOf(reader.unread)}`),
  ];
}

/** Numbers below are counted from the beginning of each stream. */
export const STREAM_LAWS = {
  'acknowledged-was-sent': {
    means: 'Nobody acknowledges octets of a TCP connection that the other has not sent.',
    broken: (world) => first(waysOf(world), unsent),
  },
  'acknowledged-is-there': {
    means: 'A sender forgets an octet only when the receiver has it.',
    broken: (world) => first(waysOf(world), unheld),
  },
  'stream-unchanged': {
    means:
      'What waits to be read from a TCP connection is, octet by octet, what the other side wrote.',
    broken: (world) => first(waysOf(world), unlike),
  },
} as const satisfies { readonly [name: string]: Law };
