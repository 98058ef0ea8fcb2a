/** How long a changed run is worth looking at, and that it says when it was given up. */
import { expect, test } from 'vitest';
import { lengthened, type Input } from '../../../simulator';
import { scenario as ping } from '../../../scenarios/ping/scenario';
import { floodWorld } from '../../bench/flood';

const flood = { ...ping, world: floodWorld(1) };
const drop: Input = {
  atNs: 1_000,
  deed: { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } },
};
const type: Input = {
  atNs: 1_000,
  deed: { kind: 'type', host: 'client', octets: Uint8Array.of(65) },
};

test('without inputs a scenario ends where its author says', () => {
  expect(lengthened(flood, [])).toEqual({ ...flood, cutShort: false });
});

test('a changed run that comes to rest is as long as its consequences', () => {
  const longer = lengthened(ping, [drop]);
  expect(longer.cutShort).toBe(false);
  expect(longer.endsAtNs).toBeGreaterThan(ping.endsAtNs);
  expect(longer.endsAtNs).toBeLessThan(ping.longestNs);
});

test('one that does not is cut short after so many events, and says so', () => {
  const longestNs = 3_000_000;
  const endless = { ...flood, endsAtNs: 1_000_000, longestNs: 1_000_000_000 };
  const cut = lengthened(endless, [type], { mostEvents: 500 });
  expect(cut.cutShort).toBe(true);
  expect(cut.endsAtNs).toBeLessThan(endless.longestNs);
  // Few enough to get there: where its author says that it is enough is an end.
  const whole = lengthened({ ...endless, longestNs }, [type], { mostEvents: 5_000 });
  expect([whole.cutShort, whole.endsAtNs]).toEqual([false, longestNs]);
});
