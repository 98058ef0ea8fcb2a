/** Kinds of what happens, in groups to choose from; each kind has its shape, each group its colour. */

export type Group =
  | 'frames'
  | 'deeds'
  | 'calls'
  | 'crossings'
  | 'processes'
  | 'interrupts'
  | 'protocols'
  | 'console'
  | 'other';

export const GROUPS: readonly { readonly value: Group; readonly name: string }[] = [
  { value: 'frames', name: 'Frames' },
  { value: 'deeds', name: 'Faults and deeds' },
  { value: 'protocols', name: 'Protocols' },
  { value: 'calls', name: 'System calls' },
  { value: 'crossings', name: 'Into the kernel and back' },
  { value: 'processes', name: 'Processes' },
  { value: 'interrupts', name: 'Interrupts' },
  { value: 'console', name: 'Console' },
  { value: 'other', name: 'Other' },
];

const KINDS: Readonly<Record<Group, readonly string[]>> = {
  frames: ['frame', 'arrived', 'sent', 'received', 'queued', 'emerged'],
  deeds: [
    ...['lost', 'dropped', 'faulted', 'armed', 'killed', 'cut', 'mended', 'changed'],
    ...['fault', 'mend', 'set', 'type', 'flip', 'kill'],
  ],
  protocols: ['arp', 'ip', 'icmp', 'tcp', 'udp', 'ignored', 'forgotten'],
  calls: ['called', 'returned', 'rejected', 'refused'],
  crossings: ['call', 'return', 'trap', 'switched'],
  processes: ['booted', 'started', 'blocked', 'woken', 'exited'],
  interrupts: ['interrupt'],
  console: ['print', 'key'],
  other: [],
};

const GROUP_OF = new Map(
  Object.entries(KINDS).flatMap(([group, kinds]) =>
    kinds.map((kind) => [kind, group as Group] as const),
  ),
);

export const groupOf = (kind: string): Group => GROUP_OF.get(kind) ?? 'other';

/** The kernel says of a call what its crossing says again. */
export const USUAL: ReadonlySet<Group> = new Set(
  GROUPS.map(({ value }) => value).filter((value) => value !== 'crossings'),
);

export type Detail = 'frames' | 'calls' | 'all' | 'inside';

/** From little to much; `inside` also has what happens inside the parts, of short stretches. */
export const DETAILS: readonly { readonly value: Detail; readonly name: string }[] = [
  { value: 'frames', name: 'Frames' },
  { value: 'calls', name: 'Frames and calls' },
  { value: 'all', name: 'Everything' },
  { value: 'inside', name: 'Inside the parts too' },
];

export const DETAIL_GROUPS: Readonly<Record<Detail, ReadonlySet<Group>>> = {
  frames: new Set<Group>(['frames', 'deeds']),
  calls: new Set<Group>(['frames', 'deeds', 'calls', 'console', 'processes']),
  all: USUAL,
  inside: new Set(GROUPS.map(({ value }) => value)),
};

export function toggled(groups: ReadonlySet<Group>, group: Group): ReadonlySet<Group> {
  const next = new Set(groups);
  if (!next.delete(group)) next.add(group);
  return next;
}

const same = (one: ReadonlySet<Group>, other: ReadonlySet<Group>): boolean =>
  one.size === other.size && [...one].every((each) => other.has(each));

/** The detail that has these groups; null when they are a choice of one's own. */
export const detailOf = (groups: ReadonlySet<Group>): Detail | null =>
  DETAILS.find(({ value }) => value !== 'inside' && same(DETAIL_GROUPS[value], groups))?.value ??
  null;

/** Null when all of them are wanted. `known`: kinds that the run has. */
export function kindsOf(groups: ReadonlySet<Group>, known: readonly string[]): string[] | null {
  if (GROUPS.every(({ value }) => groups.has(value))) return null;
  const all = new Set([...Object.values(KINDS).flat(), ...known]);
  return [...all].filter((kind) => groups.has(groupOf(kind)));
}

const CROSS = 'M-4 -4L4 4M4 -4L-4 4';
const DEED = 'M0 -5L5 4H-5z';
const DOT = 'M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0';
const BOLT = 'M1.5 -5.5L-3.5 1H0L-1.5 5.5L3.5 -1H0z';

/** About the origin, some ten pixels wide. */
const SHAPES: Readonly<Record<string, string>> = {
  ...{ frame: 'M-4 -5L5 0L-4 5z', arrived: 'M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0' },
  ...{ sent: 'M-3 -4L3 0L-3 4', received: 'M3 -4L-3 0L3 4', queued: 'M-3 -4V4M0 -4V4M3 -4V4' },
  ...{ emerged: 'M-4 4L4 -4M0 -4H4V0' },
  ...{ lost: CROSS, dropped: CROSS, faulted: BOLT, armed: BOLT, killed: CROSS },
  ...{ cut: DEED, mended: DEED, changed: DEED, fault: DEED, mend: DEED, set: DEED },
  ...{ type: DEED, flip: DEED, kill: DEED },
  ...{ called: 'M0 4.5V-4.5M-3.5 -4.5H3.5', returned: 'M0 -4.5V4.5M-3.5 4.5H3.5' },
  ...{ rejected: CROSS, refused: CROSS },
  ...{ call: 'M-3 -2L0 3L3 -2', return: 'M-3 2L0 -3L3 2', trap: 'M-3 -2L0 3L3 -2' },
  ...{ switched: 'M-4 -2.5H4M-4 2.5H4' },
  ...{ booted: 'M-4.5 0H4.5M0 -4.5V4.5', started: 'M-4.5 0H4.5M0 -4.5V4.5' },
  ...{ blocked: 'M-2.5 -4V4M2.5 -4V4', woken: 'M-3 -4.5L4.5 0L-3 4.5z' },
  ...{ exited: 'M-3.5 -3.5h7v7h-7z', interrupt: 'M0 -5L5 0L0 5L-5 0z' },
  ...{ arp: DOT, ip: DOT, icmp: DOT, tcp: DOT, udp: DOT, ignored: 'M-4 0H4', forgotten: 'M-4 0H4' },
  ...{ print: 'M-4 -3H4M-4 0H4M-4 3H1', key: 'M-4 -4h8v8h-8z' },
};

const OTHER = 'M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0';

export const shapeOf = (kind: string): string => SHAPES[kind] ?? OTHER;

/** Drawn as a surface; all others are drawn as lines. */
const SOLID = new Set([
  ...['frame', 'faulted', 'armed', 'cut', 'mended', 'changed', 'fault', 'mend', 'set', 'type'],
  ...['flip', 'kill', 'woken', 'exited', 'interrupt', 'arp', 'ip', 'icmp', 'tcp', 'udp'],
]);

export const isSolid = (kind: string): boolean => SOLID.has(kind) || SHAPES[kind] === undefined;
