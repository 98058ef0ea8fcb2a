import { describe, expect, test } from 'vitest';
import { NEVER } from '../../../simulator/contract/time';
import * as clint from '../../../simulator/hardware/clint';
import * as plic from '../../../simulator/hardware/plic';

describe('core-local interruptor', () => {
  test.each([
    ['msip', 0x0000, 1],
    ['mtimecmp', 0x4000, 0x1234_5678],
    ['mtimecmph', 0x4004, 0x9abc_def0],
  ])('%s reads back', (_, offset, value) => {
    const state = clint.store(clint.START, offset, value);
    expect(state === null ? null : clint.load(state, offset, 0)).toBe(value);
  });

  test('the clock is virtual time, and cannot be set', () => {
    const now = 5 * 2 ** 32 + 7;
    expect(clint.load(clint.START, 0xbff8, now)).toBe(7);
    expect(clint.load(clint.START, 0xbffc, now)).toBe(5);
    expect(clint.store(clint.START, 0xbff8, 1)).toBeNull();
  });

  test('is due when the clock reaches the comparator, never after reset', () => {
    expect(clint.dueNs(clint.START)).toBe(NEVER);
    const at = 3 * 2 ** 32 + 9;
    expect(clint.dueNs(clint.withDue(clint.START, at))).toBe(at);
    expect(clint.dueNs(clint.withDue(clint.START, NEVER))).toBe(NEVER);
  });

  test.each([0x4, 0x4008, 0xc000, 0x4001])('there is nothing at %i', (offset) => {
    expect(clint.load(clint.START, offset, 0)).toBeNull();
    expect(clint.store(clint.START, offset, 0)).toBeNull();
  });
});

describe('platform-level interrupt controller', () => {
  const ready = plic.enable(plic.enable(plic.START, 10), 11);

  test('lets a line through only when it is enabled and above the threshold', () => {
    expect(plic.asserts(plic.raise(plic.START, 10, true))).toBe(false);
    const up = plic.raise(ready, 10, true);
    expect(plic.asserts(up)).toBe(true);
    const deaf = plic.store(up, 0x20_0000, 1);
    expect(deaf === null ? null : plic.asserts(deaf)).toBe(false);
  });

  /** §1.2: the gateway cannot take a request back; the handler finds that there is nothing to do. */
  test('a request stays when its line goes down before the claim, and is claimed once', () => {
    const waiting = plic.raise(plic.raise(ready, 10, true), 10, false);
    expect([plic.asserts(waiting), plic.isUp(waiting, 10)]).toEqual([true, false]);
    expect(plic.load(waiting, 0x1000)?.value).toBe(1 << 10);
    const { state, source } = plic.claim(waiting);
    expect([source, plic.asserts(state)]).toEqual([10, false]);
    expect(plic.complete(state, 10)).toEqual(ready);
  });

  test('a line that goes down and up again before the claim is one request', () => {
    const again = plic.raise(plic.raise(plic.raise(ready, 10, true), 10, false), 10, true);
    expect(again).toEqual(plic.raise(ready, 10, true));
    const served = plic.raise(plic.claim(again).state, 10, false);
    expect(plic.complete(served, 10)).toEqual(ready);
  });

  test('what comes up and goes down while its source is served leaves no request', () => {
    const served = plic.raise(plic.claim(plic.raise(ready, 10, true)).state, 10, false);
    const blinked = plic.raise(plic.raise(served, 10, true), 10, false);
    expect(plic.complete(blinked, 10)).toEqual(ready);
    const other = plic.raise(plic.raise(blinked, 11, true), 11, false);
    expect(plic.claim(other).source).toBe(11);
  });

  test('a claim takes the most urgent source, then the lowest number', () => {
    const both = plic.raise(plic.raise(ready, 11, true), 10, true);
    expect(plic.claim(both).source).toBe(10);
    const urgent = plic.store(both, 4 * 11, 5);
    expect(urgent === null ? 0 : plic.claim(urgent).source).toBe(11);
  });

  test('a source that is served pends again only after its completion', () => {
    const { state, source } = plic.claim(plic.raise(ready, 10, true));
    expect([source, plic.asserts(state), plic.claim(state).source]).toEqual([10, false, 0]);
    expect(plic.asserts(plic.complete(state, 10))).toBe(true);
    expect(plic.asserts(plic.complete(plic.raise(state, 10, false), 10))).toBe(false);
  });

  test('the completion of a source that is not enabled is ignored', () => {
    const { state } = plic.claim(plic.raise(ready, 10, true));
    const off = plic.store(state, 0x2000, 0) ?? state;
    const ignored = plic.store(off, 0x20_0004, 10) ?? off;
    const on = plic.store(ignored, 0x2000, 1 << 10) ?? ignored;
    expect(plic.asserts(on)).toBe(false);
    expect(plic.asserts(plic.complete(on, 10))).toBe(true);
  });

  test('its registers read back; reading the claim register claims', () => {
    const set = plic.store(plic.store(plic.START, 0x2000, 0xffff_ffff) ?? plic.START, 40, 3);
    const up = plic.raise(set ?? plic.START, 10, true);
    expect(plic.load(up, 0x2000)?.value).toBe(0xffff_fffe);
    expect(plic.load(up, 40)?.value).toBe(3);
    expect(plic.load(up, 0x1000)?.value).toBe(1024);
    const claimed = plic.load(up, 0x20_0004);
    expect(claimed?.value).toBe(10);
    expect(claimed === null ? 0 : plic.load(claimed.state, 0x1000)?.value).toBe(0);
    expect(plic.store(up, 0, 1)).toBeNull();
    expect(plic.load(up, 0x1004)).toBeNull();
  });
});
