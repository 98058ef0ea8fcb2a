/** One section of one source: what the linker puts together. */
import type { Flags } from '../image';

export type Piece = {
  readonly name: string;
  readonly flags: Flags;
  /** False for notes and debug information, which never reach memory. */
  readonly isLoaded: boolean;
  /** Holds zeros only, as .bss. */
  readonly isZero: boolean;
  alignOctets: number;
  sizeOctets: number;
  /** Set by the layout. */
  address: number;
  /** Made by the layout, written afterwards. */
  octets: Uint8Array;
};
