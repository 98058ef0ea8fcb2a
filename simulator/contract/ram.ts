/**
 * The port through which a part reaches its computer's RAM. Addresses are physical, lengths in
 * octets. What is loaded is a copy; what is stored is copied. An address outside RAM is our own
 * defect when a kernel or a driver asks for it, so the port throws; a program's bad pointer is
 * checked with `holds` first and becomes EFAULT.
 */
export type RamPort = {
  readonly holds: (address: number, lengthOctets: number) => boolean;
  readonly load: (address: number, lengthOctets: number) => Uint8Array;
  /** Copies into `target` from `at` on, without a buffer between. */
  readonly loadInto: (
    target: Uint8Array,
    at: number,
    address: number,
    lengthOctets: number,
  ) => void;
  readonly load32: (address: number) => number;
  readonly store: (address: number, octets: Uint8Array) => void;
  readonly store32: (address: number, value: number) => void;
};
