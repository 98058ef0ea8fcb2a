/**
 * What the kernel is told and what it orders. The host carries effects out in order; `spend` moves
 * the time at which the ones after it happen. The one effect before the first `spend` of an
 * interrupt acknowledges it at the NIC, as a driver that reads ICR first does.
 */
import type { Plain } from '../contract/plain';
import type { Reply, SystemCall } from '../contract/program';
import type { Nanos } from '../contract/time';
import type { Context } from './state';

/** What kernel time goes into. */
export type Work = 'call' | 'interrupt' | 'receive' | 'transmit' | 'copy' | 'switch';

export type Input =
  | { readonly kind: 'boot' }
  | {
      readonly kind: 'interrupt';
      readonly line: 'nic' | 'timer' | 'console';
      /** What was typed, of the console's line. */
      readonly octets?: Uint8Array;
      /** Of the machine code that was interrupted; absent when the CPU was idle. */
      readonly context?: Context;
    }
  | {
      readonly kind: 'call';
      readonly process: number;
      readonly tag: number;
      readonly call: SystemCall;
    }
  /** SIGKILL for a process, from outside. */
  | {
      readonly kind: 'kill';
      readonly process: number;
      /** Of the machine code that was interrupted for it; absent when there was none. */
      readonly context?: Context;
    }
  | {
      readonly kind: 'trap';
      /** mcause without its interrupt bit; mtval. */
      readonly cause: number;
      readonly value: number;
      readonly registers: readonly number[];
      readonly pc: number;
    };

export type Effect =
  | {
      readonly kind: 'reply';
      readonly process: number;
      readonly tag: number;
      readonly name: string;
      readonly reply: Reply;
    }
  | {
      readonly kind: 'start';
      readonly process: number;
      readonly program: string;
      readonly arguments: Plain;
    }
  | { readonly kind: 'exited'; readonly process: number; readonly status: number }
  /** A 32-bit store to a device register. */
  | { readonly kind: 'store'; readonly address: number; readonly value: number }
  | { readonly kind: 'print'; readonly octets: Uint8Array }
  /** When the kernel wants its next timer interrupt, instead of whenever it wanted it before. */
  | { readonly kind: 'timer'; readonly atNs: Nanos }
  /** What the CPU goes on with; null: it idles until an interrupt. */
  | {
      readonly kind: 'resume';
      readonly process: number | null;
      readonly registers: readonly number[];
      readonly pc: number;
    }
  | { readonly kind: 'spend'; readonly cycles: number; readonly what: Work };
