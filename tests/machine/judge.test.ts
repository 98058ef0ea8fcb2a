/** A few of the random programs that `npm run judge` gives to QEMU; all of them run here. */
import { describe, expect, test } from 'vitest';
import { compare } from './compare';
import { runOurs } from './ours';
import { programOf } from './program';
import { isInstalled } from './qemu';

const SEEDS = Array.from({ length: 40 }, (_, n) => n + 1);

describe('random programs', () => {
  test('end the same way by both engines', () => {
    const ended = SEEDS.filter((seed) => {
      const [micro, fast] = (['micro', 'fast'] as const).map((engine) =>
        runOurs(programOf(seed), engine),
      );
      expect(fast).toEqual(micro);
      return micro !== null;
    });
    expect(ended.length).toBeGreaterThan(SEEDS.length / 2);
  });

  test('meet traps of many causes', () => {
    const causes = new Set<number>();
    for (const seed of SEEDS) {
      const ours = runOurs(programOf(seed), 'fast');
      if (ours === null) continue;
      const view = new DataView(ours.octets.buffer);
      for (let at = 0x820; at < 0x820 + 24 * 16; at += 16) causes.add(view.getUint32(at, true));
    }
    for (const cause of [2, 3, 4, 5, 6, 7, 8, 12, 13, 15]) expect(causes).toContain(cause);
  });
});

const MISSING = 'qemu-system-riscv32 is not installed: no random program was judged';
test(isInstalled ? 'QEMU is installed, and compared with' : MISSING, () => {
  expect(SEEDS.length).toBeGreaterThan(0);
});

test.runIf(isInstalled)(
  'QEMU ends as the simulator does, but for what is listed',
  async () => {
    const { compared, differing } = await compare(60, 1, 'fast');
    expect(differing).toEqual([]);
    expect(compared).toBe(60);
  },
  60_000,
);
