/** Whatever somebody outside may do to two computers, `client` and `server`, on one `cable`. */
import fc from 'fast-check';
import type { Fault } from '../../../simulator/link/cable';
import type { Deed, Input } from '../../../simulator/world/input';

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
      kind: fc.constant('type' as const),
      host: fc.constantFrom('client', 'server'),
      octets: fc.uint8Array({ maxLength: 5 }),
    }),
  );

type Kind = { readonly atNs: fc.Arbitrary<number>; readonly longestDelayNs: number };

export const inputOf = ({ atNs, longestDelayNs }: Kind): fc.Arbitrary<Input> =>
  fc.record({ atNs, deed: deedOf(longestDelayNs) });
