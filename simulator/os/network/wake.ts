/** When the protocols next have something to do by themselves. */
import type { Nanos } from '../../contract/time';
import type { Kernel } from '../state';

export function networkWakeAt(kernel: Kernel): Nanos {
  const { arp, fragments } = kernel.network;
  return Math.min(arp.wakeAt, fragments.wakeAt, kernel.socketsWakeAtNs);
}
