/** What a person, a script or a real network does to a world; the entries of the input log. */
import type { Fault, FaultKind } from '../link/cable';
import type { CableParameter } from '../link/parameters';
import type { Nanos } from '../contract/time';

export type Deed =
  | {
      readonly kind: 'fault';
      readonly cable: string;
      readonly fault: Fault;
      readonly frame?: number;
    }
  | { readonly kind: 'cut' | 'mend'; readonly cable: string }
  /** Frames that are under way keep their time. */
  | {
      readonly kind: 'set';
      readonly cable: string;
      readonly field: CableParameter;
      readonly value: number;
    }
  | { readonly kind: 'type'; readonly host: string; readonly octets: Uint8Array }
  /** A bit of the octet of RAM at `address` is the other from now on; 0 is the lowest. */
  | {
      readonly kind: 'flip';
      readonly host: string;
      readonly address: number;
      readonly bit: number;
    }
  /** SIGKILL, by the number of the process. */
  | { readonly kind: 'kill'; readonly host: string; readonly process: number }
  /** A frame (with its FCS) that comes in from outside. */
  | { readonly kind: 'frame'; readonly host: string; readonly octets: Uint8Array };

/** Done at `atNs`, after everything else at that time. */
export type Input = { readonly atNs: Nanos; readonly deed: Deed };

/** What a scenario may offer to break: frames, cables, RAM, processes. */
export type FaultName = FaultKind | 'cut' | 'flip' | 'kill';
