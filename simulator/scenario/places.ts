/**
 * Which parts a world has, by path: those that open a room and can be pointed at, and those that
 * moves and notes name. `client.nic` is a part of a computer; a cable is one by itself.
 */

/** Parts of a computer that stand on the map or open from one that does. */
export const COMPUTER_PARTS = [
  'os',
  'cpu',
  'control',
  'alu',
  'ram',
  'nic',
  'display',
  'keyboard',
] as const;

/** Parts of a computer with which paths of moves and notes go on. */
const SEEN_PARTS: readonly string[] = [
  ...(['os', 'cpu', 'ram', 'nic', 'console', 'keyboard', 'process'] as const),
];

/** Names of what a world consists of. */
export type Names = {
  readonly computers: readonly string[];
  /** Hosts whose inside nobody sees. */
  readonly outsides: readonly string[];
  readonly cables: readonly string[];
};

/** Every path that opens a room or can be pointed at. */
export const placesOf = ({ computers, cables }: Names): string[] => [
  ...computers.flatMap((name) => COMPUTER_PARTS.map((part) => `${name}.${part}`)),
  ...cables,
];

/** Could a move or a note have this path, or one within it? */
export function isSeen({ computers, outsides, cables }: Names, path: string): boolean {
  const [owner = '', part, ...inner] = path.split('.');
  if (cables.includes(path)) return true;
  if (part === undefined) return computers.includes(owner) || outsides.includes(owner);
  if (outsides.includes(owner)) return part === 'nic' && inner.length === 0;
  return computers.includes(owner) && SEEN_PARTS.includes(part) && !inner.includes('');
}
