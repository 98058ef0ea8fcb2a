/**
 * The lanes of a space-time diagram: one for each host, for each layer of a host, or for each part;
 * and on which of them something happens, by its part and its kind. Cables lie between the hosts that
 * they join.
 */
export type LanesBy = 'hosts' | 'layers' | 'parts';

export type Wiring = {
  readonly hosts: readonly { readonly name: string; readonly title: string }[];
  readonly cables: readonly { readonly name: string; readonly ends: readonly [string, string] }[];
};

export type Lane = {
  readonly id: string;
  /** Of a host's only lane the host's title; else what the lane is of the host. */
  readonly title: string;
  /** Name and title of the host or the cable that it belongs to. */
  readonly owner: string;
  readonly ownerTitle: string;
  readonly cable: boolean;
};

/** From programs down to the wire. */
const LAYERS = ['application', 'transport', 'internet', 'link'] as const;
type Layer = (typeof LAYERS)[number];

/** What a kind is about, wherever it is said; all others are the programs' and their kernel's. */
const LAYER_OF: Readonly<Record<string, Layer>> = {
  ...{ tcp: 'transport', udp: 'transport', forgotten: 'transport' },
  ...{ arp: 'internet', ip: 'internet', icmp: 'internet', ignored: 'internet' },
  ...{ frame: 'link', sent: 'link', received: 'link', queued: 'link', dma: 'link' },
  ...{ emerged: 'link', dropped: 'link' },
};

/** From the program to the jack. */
const PARTS: Readonly<Record<string, string>> = {
  display: 'display',
  keyboard: 'keyboard',
  console: 'console',
  process: 'process',
  os: 'kernel',
  timer: 'timer',
  cpu: 'CPU',
  control: 'control unit',
  alu: 'ALU',
  ram: 'RAM',
  nic: 'NIC',
};
const PART_ORDER = Object.keys(PARTS);

type Owner = {
  readonly name: string;
  readonly title: string;
  readonly cable: boolean;
  /** Reached over a cable: its lanes run from the jack to the program. */
  readonly facingBack: boolean;
};

/** Each host, its cables, and whom they lead to; as far as the wiring goes, then the next host. */
function owners({ hosts, cables }: Wiring): Owner[] {
  const titles = new Map(hosts.map(({ name, title }) => [name, title]));
  const placed = new Map<string, Owner>();
  const waiting: { readonly name: string; readonly facingBack: boolean }[] = hosts
    .map(({ name }) => ({ name, facingBack: false }))
    .toReversed();
  const at = new Map<string, Wiring['cables'][number][]>();
  for (const cable of cables)
    for (const end of new Set(cable.ends)) at.set(end, [...(at.get(end) ?? []), cable]);
  const cableTitle = (name: string): string => (cables.length > 1 ? `Cable ${name}` : 'Cable');
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, facingBack } = next;
    if (placed.has(name)) continue;
    const title = titles.get(name) ?? cableTitle(name);
    placed.set(name, { name, title, cable: !titles.has(name), facingBack });
    // What goes last onto the list is placed first: the first cable, and behind it its other end.
    for (const cable of (at.get(name) ?? []).toReversed()) {
      if (placed.has(cable.name)) continue;
      const far = cable.ends.find((end) => end !== name);
      if (far !== undefined) waiting.push({ name: far, facingBack: true });
      waiting.push({ name: cable.name, facingBack: false });
    }
  }
  return [...placed.values()];
}

/** `client.process.1` and `client.nic`: what is deeper inside belongs to them. */
function partOf(path: string): string {
  const names = path.split('.');
  return names.slice(0, names[1] === 'process' ? 3 : 2).join('.');
}

const firstName = (path: string): string => path.split('.')[0] ?? path;

function layerOf(kind: string, path: string): Layer {
  if (kind === 'interrupt' || kind === 'fault')
    return path.includes('.nic') ? 'link' : 'application';
  return LAYER_OF[kind] ?? (path.split('.')[1] === 'nic' ? 'link' : 'application');
}

/** What happens at `path`; of a move with its origin, so that a device's interrupt stays its own. */
type End = { readonly kind: string; readonly path: string; readonly from?: string };

/** The id of the lane on which something of that kind happens at `path`. */
export function laneOf(
  by: LanesBy,
  { kind, path, from = path }: End,
  isCable: (name: string) => boolean,
): string {
  const owner = firstName(path);
  if (by === 'hosts' || isCable(owner)) return owner;
  if (by === 'layers') return `${owner}/${layerOf(kind, kind === 'interrupt' ? from : path)}`;
  return partOf(path);
}

const partTitle = (path: string): string => {
  const [, part = '', number] = path.split('.');
  const name = PARTS[part] ?? part;
  return number === undefined ? name : `${name} ${number}`;
};

const rank = (path: string): number => {
  const place = PART_ORDER.indexOf(path.split('.')[1] ?? '');
  return place < 0 ? PART_ORDER.indexOf('cpu') : place;
};

type Row = { readonly id: string; readonly title: string };

function rowsOf({ name, title, cable }: Owner, by: LanesBy, parts: readonly string[]): Row[] {
  if (by === 'hosts' || cable) return [{ id: name, title }];
  if (by === 'layers') return LAYERS.map((layer) => ({ id: `${name}/${layer}`, title: layer }));
  // What lies around processes (`client.process`) is no part.
  const isOwn = (path: string): boolean =>
    path.startsWith(`${name}.`) && path !== `${name}.process`;
  const own = new Set(parts.map(partOf).filter(isOwn));
  const inOrder = [...own].toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return inOrder.map((path) => ({ id: path, title: partTitle(path) }));
}

/** Hosts and cables that `only` is about: what it names, and what that is joined to. */
function kept({ cables }: Wiring, only: readonly string[]): ReadonlySet<string> {
  const named = new Set(only.map(firstName));
  const near = cables.filter(
    ({ name, ends }) => named.has(name) || ends.some((end) => named.has(end)),
  );
  return new Set([...named, ...near.flatMap(({ name, ends }) => [name, ...ends])]);
}

/**
 * From top to bottom. `parts`: paths at which anything happens in the run, for lanes by part. `only`:
 * paths that somebody wants to see, or null for all.
 */
export function lanesOf(
  wiring: Wiring,
  by: LanesBy,
  parts: readonly string[],
  only: readonly string[] | null = null,
): Lane[] {
  const wanted = only === null ? null : kept(wiring, only);
  return owners(wiring)
    .filter(({ name }) => wanted?.has(name) ?? true)
    .flatMap((owner) => {
      const rows = rowsOf(owner, by, parts);
      const inOrder = owner.facingBack ? rows.toReversed() : rows;
      const { name, title: ownerTitle, cable } = owner;
      return inOrder.map((row) => ({ ...row, owner: name, ownerTitle, cable }));
    });
}
