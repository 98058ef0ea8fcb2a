/** Whatever somebody outside may do to two computers, `client` and `server`, on one `cable`. */
import fc from 'fast-check';
import { RAM_BASE } from '../../../simulator/contract/map';
import { layoutOf } from '../../../simulator/host/layout';
import type { Fault } from '../../../simulator/link/cable';
import type { Deed, Input } from '../../../simulator/world/input';

const RAM_OCTETS = 0x10_0000;
/** Where programs of machine code are linked. */
const PROGRAM = RAM_BASE + 0x1_0000;

/** In RAM, and often where something is: programs, descriptor rings and buffers. */
const address = (): fc.Arbitrary<number> => {
  const { receiveRing } = layoutOf(RAM_OCTETS);
  return fc.oneof(
    fc.integer({ min: RAM_BASE, max: RAM_BASE + RAM_OCTETS - 1 }),
    fc.integer({ min: PROGRAM, max: PROGRAM + 0x1000 }),
    fc.integer({ min: receiveRing, max: receiveRing + 0x400 }),
    fc.integer({ min: receiveRing, max: RAM_BASE + RAM_OCTETS - 1 }),
  );
};

const deedOf = (longestDelayNs: number): fc.Arbitrary<Deed> =>
  fc.oneof(
    fc.record(
      {
        kind: fc.constant('fault' as const),
        cable: fc.constant('cable'),
        fault: fc.oneof(
          fc.constantFrom<Fault>({ kind: 'drop' }, { kind: 'corrupt' }, { kind: 'duplicate' }),
          fc.record({ kind: fc.constant('delay' as const), delayNs: fc.nat(longestDelayNs) }),
        ),
        frame: fc.nat(12),
      },
      { requiredKeys: ['kind', 'cable', 'fault'] },
    ),
    fc.record({
      kind: fc.constantFrom('cut' as const, 'mend' as const),
      cable: fc.constant('cable'),
    }),
    fc.record({
      kind: fc.constant('set' as const),
      cable: fc.constant('cable'),
      field: fc.constant('bitsPerSecond' as const),
      value: fc.integer({ min: 1, max: 1000 }).map((megabits) => megabits * 1_000_000),
    }),
    fc.record({
      kind: fc.constant('set' as const),
      cable: fc.constant('cable'),
      field: fc.constant('lengthMetres' as const),
      // Now shorter than a frame is long on the wire, now longer: later frames can overtake.
      value: fc.oneof(fc.nat(100), fc.nat(20_000)),
    }),
    fc.record({
      kind: fc.constant('type' as const),
      host: fc.constantFrom('client', 'server'),
      octets: fc.uint8Array({ maxLength: 5 }),
    }),
    fc.record({
      kind: fc.constant('flip' as const),
      host: fc.constantFrom('client', 'server'),
      address: address(),
      bit: fc.nat(7),
    }),
    fc.record({
      kind: fc.constant('kill' as const),
      host: fc.constantFrom('client', 'server'),
      process: fc.integer({ min: 1, max: 2 }),
    }),
  );

type Kind = { readonly atNs: fc.Arbitrary<number>; readonly longestDelayNs: number };

export const inputOf = ({ atNs, longestDelayNs }: Kind): fc.Arbitrary<Input> =>
  fc.record({ atNs, deed: deedOf(longestDelayNs) });
