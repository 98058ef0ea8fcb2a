/** What can be done to a part from outside, by what it is; a scenario says which of it is on offer. */
import type { Deed, Fault } from '../../simulator';
import type { IconName } from '../ui/icons';

export type Target =
  /** A frame under way; without a number, the next one. */
  | {
      readonly kind: 'frame';
      readonly cable: string;
      readonly frame?: number;
      /** Of one that is known. */
      readonly lengthOctets?: number;
    }
  | { readonly kind: 'cable'; readonly cable: string; readonly cut: boolean }
  | {
      readonly kind: 'octet';
      readonly host: string;
      readonly address: number;
      /** Null while it is not known. */
      readonly value: number | null;
    }
  | {
      readonly kind: 'process';
      readonly host: string;
      readonly process: number;
      readonly name: string;
    };

export type Offer = {
  readonly id: string;
  readonly icon: IconName;
  readonly name: string;
  /** What comes of it. */
  readonly title: string;
  readonly deed: Deed;
};

/** What may be chosen before a fault is done. */
export type Settings = {
  readonly delayNs: number;
  /** Null: a random one. */
  readonly bit: number | null;
};

export const DELAYS_NS: readonly number[] = [
  10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
];
export const USUAL: Settings = { delayNs: 1_000_000, bit: null };

type FrameTarget = Extract<Target, { kind: 'frame' }>;

function frameOffers({ cable, frame }: FrameTarget, { delayNs, bit }: Settings): Offer[] {
  const faulted = (fault: Fault): Deed =>
    frame === undefined ? { kind: 'fault', cable, fault } : { kind: 'fault', cable, fault, frame };
  const corrupt: Fault = bit === null ? { kind: 'corrupt' } : { kind: 'corrupt', bit };
  const rows: readonly (readonly [fault: Fault, name: string, title: string])[] = [
    [{ kind: 'drop' }, 'Drop', 'It never arrives'],
    [{ kind: 'duplicate' }, 'Duplicate', 'It arrives twice'],
    [corrupt, 'Corrupt', 'One bit of it flips'],
    [{ kind: 'delay', delayNs }, 'Delay', 'It arrives later'],
  ];
  return rows.map(([fault, name, title]) => {
    const { kind } = fault;
    return { id: kind, icon: kind, name, title, deed: faulted(fault) };
  });
}

const BITS = [7, 6, 5, 4, 3, 2, 1, 0] as const;

const bitOf = (value: number, bit: number): number => Math.floor(value / 2 ** bit) % 2;

function octetOffers({ host, address, value }: Extract<Target, { kind: 'octet' }>): Offer[] {
  return BITS.map((bit) => ({
    id: `flip-${bit}`,
    icon: 'flip',
    name: value === null ? `bit ${bit}` : `bit ${bit}: ${bitOf(value, bit)}`,
    title: value === null ? 'It flips' : `It becomes ${1 - bitOf(value, bit)}`,
    deed: { kind: 'flip', host, address, bit },
  }));
}

function cableOffers({ cable, cut }: Extract<Target, { kind: 'cable' }>): Offer[] {
  const deed: Deed = { kind: cut ? 'mend' : 'cut', cable };
  const name = cut ? 'Mend the cable' : 'Cut the cable';
  const title = cut
    ? 'Frames go over it again'
    : 'Every frame on it is lost, and those that follow';
  return [{ id: 'cut', icon: deed.kind === 'mend' ? 'mend' : 'cut', name, title, deed }];
}

function offers(target: Target, settings: Settings): Offer[] {
  switch (target.kind) {
    case 'frame':
      return frameOffers(target, settings);
    case 'cable':
      return cableOffers(target);
    case 'octet':
      return octetOffers(target);
    case 'process': {
      const { host, process, name } = target;
      const title = 'It ends at once, and the kernel takes back what it held';
      const deed: Deed = { kind: 'kill', host, process };
      return [{ id: 'kill', icon: 'kill', name: `Kill ${name}`, title, deed }];
    }
  }
}

/** `allowed`: the names of a scenario's `faults`. */
export function offersOf(
  target: Target,
  allowed: readonly string[],
  settings: Settings = USUAL,
): Offer[] {
  return offers(target, settings).filter(({ id }) => allowed.includes(id.split('-')[0] ?? id));
}

/** The bit that was typed; null for a random one, undefined for what is none. */
export function bitTyped(text: string, lengthOctets: number): number | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const bit = Number(typed);
  return Number.isInteger(bit) && bit >= 0 && bit < lengthOctets * 8 ? bit : undefined;
}
