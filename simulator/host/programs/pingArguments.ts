/** What `ping` was asked for, read from a scenario's plain data. */
import { parseIpv4, type Ipv4 } from '../../contract/address';
import type { Plain } from '../../contract/plain';
import { SECOND_NS } from '../../contract/time';

export type Arguments = {
  readonly destination: Ipv4;
  /** How many requests; 0: for ever. */
  readonly count: number;
  readonly intervalNs: number;
  readonly payloadOctets: number;
  /** How long an answer is waited for. */
  readonly timeoutNs: number;
  /** Requests in flight of a flood; 0: one every interval. */
  readonly outstanding: number;
};

/** iputils's own: 56 octets a second for ever; LINGER is how long the last answer is waited for. */
const DEFAULTS = {
  count: 0,
  intervalNs: SECOND_NS,
  payloadOctets: 56,
  timeoutNs: 10 * SECOND_NS,
  outstanding: 0,
};
/** An IPv4 packet's 65,535 octets without its header and that of ICMP. */
const MOST_PAYLOAD_OCTETS = 65_507;
const MOST_OUTSTANDING = 1000;

type Fields = { readonly [field: string]: Plain | undefined };

function whole(fields: Fields, name: keyof typeof DEFAULTS, most: number): number | null {
  const value = fields[name] ?? DEFAULTS[name];
  const good = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return good && value <= most ? value : null;
}

/** A text says what is wrong. */
export function parseArguments(given: Plain): Arguments | string {
  if (given === null || typeof given !== 'object' || !('destination' in given))
    return 'usage error: Destination address required';
  const fields: Fields = given;
  const { destination: name } = given;
  if (typeof name !== 'string') return 'usage error: Destination address required';
  const destination = parseIpv4(name);
  if (destination === null) return `${name}: Name or service not known`;
  const values = {
    count: whole(fields, 'count', Number.MAX_SAFE_INTEGER),
    intervalNs: whole(fields, 'intervalNs', Number.MAX_SAFE_INTEGER),
    payloadOctets: whole(fields, 'payloadOctets', MOST_PAYLOAD_OCTETS),
    timeoutNs: whole(fields, 'timeoutNs', Number.MAX_SAFE_INTEGER),
    outstanding: whole(fields, 'outstanding', MOST_OUTSTANDING),
  };
  const bad = Object.entries(values).find(([, value]) => value === null);
  if (bad !== undefined) return `invalid argument: ${bad[0]}`;
  return { destination, ...(values as Omit<Arguments, 'destination'>) };
}
