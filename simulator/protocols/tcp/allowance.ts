/** How much the congestion window lets out (RFC 5681 §3.1, §4.1; RFC 3042). */
import { distance } from '../../bits/words';
import { initialOctets } from './congestion/window';
import type { Draft } from './draft';

/** RFC 3042 §2. */
const LIMITED_TRANSMIT = 2;

/** FlightSize: what was sent and is not acknowledged. */
export const flightOf = ({ send }: Draft): number => distance(send.max, send.una);

/** Octets that may be on the way: the window, and one more for each of the first duplicates. */
export function allowed({ congestion, retransmission, send }: Draft): number {
  const { duplicates, repair } = retransmission;
  const early = repair === 'none' ? Math.min(duplicates, LIMITED_TRANSMIT) : 0;
  return congestion.cwndOctets + early * send.mssOctets;
}

/** RFC 5681 §4.1: after a pause the window begins again as a new connection's. */
export function afterPause(draft: Draft): void {
  const { congestion, send, retransmission, now, before: state } = draft;
  if (send.una !== send.max || now - send.lastSentNs <= retransmission.rtoNs) return;
  const initial = initialOctets(send.mssOctets, state.settings.initialWindowSegments);
  congestion.cwndOctets = Math.min(congestion.cwndOctets, initial);
}
