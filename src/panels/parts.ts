/** Each part that opens a room: what it is, and what it asks of the moment. */
import type { COMPUTER_PARTS, Query } from '../../simulator';
import type { HostSummary } from '../session/protocol';
import type { PartNames } from './gates';

export type RoomKind = 'os' | 'cpu' | 'control' | 'alu' | 'ram' | 'nic' | 'console' | 'cable';

type About = { readonly title: string; readonly what: string };

export const ROOMS: Readonly<Record<RoomKind, About>> = {
  os: {
    title: 'Operating system',
    what: 'The kernel stands between programs and hardware: programs ask it by system calls, devices by interrupts.',
  },
  cpu: {
    title: 'CPU',
    what: 'The processor does one piece of work after another: a program’s, the kernel’s, or an interrupt’s.',
  },
  control: {
    title: 'Control unit',
    what: 'It goes from state to state, a micro-step each, and in each switches on the signals that move words through the processor.',
  },
  alu: {
    title: 'ALU',
    what: 'The arithmetic and logic unit: two operands in, one result out, made of gates.',
  },
  ram: {
    title: 'RAM',
    what: 'Main memory: octets at addresses, read and written over the bus by the processor and, directly, by the network interface.',
  },
  nic: {
    title: 'Network interface (NIC)',
    what: 'It fetches frames from RAM and puts them on the cable, stores in RAM what arrives, and tells the kernel by an interrupt.',
  },
  console: {
    title: 'Console',
    what: 'Display and keyboard: what programs print, and what is typed for them.',
  },
  cable: {
    title: 'Ethernet cable',
    what: 'It carries frames both ways at once, bit after bit, at the line rate and two thirds of the speed of light.',
  },
};

const KINDS: Readonly<Record<(typeof COMPUTER_PARTS)[number], RoomKind>> = {
  os: 'os',
  cpu: 'cpu',
  control: 'control',
  alu: 'alu',
  ram: 'ram',
  nic: 'nic',
  display: 'console',
  keyboard: 'console',
};

export type Place = { readonly owner: string; readonly kind: RoomKind };

/** Where a path leads: `client.nic`, or a cable's name; null when there is no such room. */
export function placeOf(
  path: string,
  hosts: readonly string[],
  cables: readonly string[],
): Place | null {
  if (cables.includes(path)) return { owner: path, kind: 'cable' };
  const [owner = '', part = ''] = path.split('.');
  const kind = (KINDS as Readonly<Record<string, RoomKind>>)[part];
  return kind === undefined || !hosts.includes(owner) ? null : { owner, kind };
}

/** How many octets of RAM the room shows at once. */
export const SHOWN_OCTETS = 128;

export function queryOf({ owner, kind }: Place, address: number): Query {
  switch (kind) {
    case 'ram':
      return { view: 'ram', part: owner, from: address, lengthOctets: SHOWN_OCTETS };
    case 'cpu':
    case 'control':
    case 'alu':
      return { view: 'processor', part: owner };
    case 'os':
    case 'nic':
    case 'console':
    case 'cable':
      return { view: kind, part: owner };
  }
}

const DRAWN = {
  os: 'operating system',
  cpu: 'CPU',
  control: 'control unit',
  alu: 'ALU',
  ram: 'RAM',
  nic: 'NIC',
  display: 'display',
  keyboard: 'keyboard',
} as const;

type Named = Pick<HostSummary, 'name' | 'title' | 'processor'>;

/** What the map's parts are called, by path, in the order of the map. */
export function partNames(hosts: readonly Named[], cables: readonly string[]): PartNames {
  const inside = ['control', 'alu'];
  const names = hosts.flatMap(({ name, title, processor }) =>
    Object.entries(DRAWN)
      .filter(([part]) => processor !== null || !inside.includes(part))
      .map(([part, words]) => [`${name}.${part}`, `${title}: ${words}`] as const),
  );
  const lines = cables.map(
    (cable) => [cable, cables.length > 1 ? `Ethernet cable ${cable}` : 'Ethernet cable'] as const,
  );
  return Object.fromEntries([...names, ...lines]);
}
