/** What the kernel says about why something happened; `sentences.ts` puts them into words. */
import type { Mac } from '../contract/address';
import type { CallName, ErrorName } from '../contract/call';
import type { Reply, SystemCall } from '../contract/program';
import type * as arp from '../protocols/arp';
import type * as ip from '../protocols/ip';
import type * as tcp from '../protocols/tcp';

export type Signal = 'SIGILL' | 'SIGTRAP' | 'SIGSEGV' | 'SIGBUS' | 'SIGSYS' | 'SIGKILL';

type OfProcess = { readonly process: number; readonly name: string };
type OfFrame = {
  readonly source: Mac;
  readonly destination: Mac;
  /** EtherType. */
  readonly type: number;
  readonly lengthOctets: number;
};

export type Note =
  | { readonly kind: 'booted'; readonly hostname: string }
  | ({ readonly kind: 'started'; readonly machine: boolean } & OfProcess)
  | ({ readonly kind: 'refused'; readonly why: string } & OfProcess)
  | ({ readonly kind: 'called'; readonly tag: number; readonly call: SystemCall } & OfProcess)
  | ({
      readonly kind: 'returned';
      readonly tag: number;
      readonly call: CallName;
      readonly reply: Reply;
    } & OfProcess)
  /** A call of machine code whose number or operands make no sense. */
  | ({
      readonly kind: 'rejected';
      readonly number: number;
      readonly error: ErrorName;
      readonly why: string;
    } & OfProcess)
  | ({ readonly kind: 'blocked'; readonly call: CallName; readonly why: string } & OfProcess)
  | ({ readonly kind: 'woken'; readonly call: CallName; readonly why: string } & OfProcess)
  | {
      readonly kind: 'switched';
      readonly from: number | null;
      readonly to: number | null;
      readonly why: string;
    }
  | ({ readonly kind: 'exited'; readonly status: number } & OfProcess)
  | ({
      readonly kind: 'killed';
      readonly signal: Signal;
      readonly why: string;
      /** Where it was, and the address or instruction at fault (mtval); null when none is at fault. */
      readonly pc: number | null;
      readonly value: number | null;
    } & OfProcess)
  | ({ readonly kind: 'received' } & OfFrame)
  | ({ readonly kind: 'sent' } & OfFrame)
  /** Frames wait in front of a full transmit ring. */
  | { readonly kind: 'queued'; readonly waiting: number }
  | { readonly kind: 'ignored'; readonly why: string; readonly protocol: string }
  /** A TCP connection was given up that nobody here held and the peer did not end. */
  | { readonly kind: 'forgotten'; readonly socket: number }
  /** What address resolution says. */
  | { readonly kind: 'arp'; readonly note: arp.Note }
  /** What reassembly says. */
  | { readonly kind: 'ip'; readonly note: ip.reassembly.Note }
  /** What a connection says; `socket` is null when there is none. */
  | { readonly kind: 'tcp'; readonly socket: number | null; readonly note: tcp.Note };
