/** When the protocols next have something to do by themselves. */
import type { Nanos } from '../../contract/time';
import type { Kernel } from '../state';

export function networkWakeAt(kernel: Kernel): Nanos {
  return Math.min(kernel.network.arp.wakeAt, kernel.socketsWakeAtNs);
}
