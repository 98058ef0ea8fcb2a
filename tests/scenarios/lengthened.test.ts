import { expect, test } from 'vitest';
import { lengthened, type Deed } from '../../simulator';
import { scenario as ping } from '../../scenarios/ping/scenario';

test('a delay that nobody waits for makes no run longer', () => {
  const delay: Deed = { kind: 'fault', cable: 'cable', fault: { kind: 'delay', delayNs: 1e15 } };
  const lost: Deed = { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } };
  const endOf = (done: Deed): number =>
    lengthened(ping, [{ atNs: 1_500_000, deed: done }]).endsAtNs;
  expect(endOf(delay)).toBe(endOf(lost));
});
