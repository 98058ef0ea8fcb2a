/**
 * A capture of cables: a sink that takes the frames as they come out, and what Wireshark reads of
 * them, one interface a cable. What a fault did to a frame is its comment.
 */
import type { Sink } from '../contract/see';
import type { Note as Said } from '../contract/seen';
import { LINK_ETHERNET, type CapturedFrame } from '../wire/pcapng/format';
import { emit } from '../wire/pcapng/write';
import type { Note } from './cable';

export type Capture = {
  readonly sink: Sink;
  /** All that came out so far, as pcapng. */
  readonly octets: () => Uint8Array;
};

const FCS_OCTETS = 4;

/** Of the cables of these names; `outbound` is what the first end of a cable sent. */
export function captureOf(cables: readonly string[]): Capture {
  const frames: CapturedFrame[] = [];
  const note = ({ part, at, what }: Said): void => {
    const index = cables.indexOf(part);
    const said = what as unknown as Note;
    if (said.kind !== 'arrived' || index < 0) return;
    const { octets, from, faults } = said.flight;
    const direction = from === 0 ? 'outbound' : 'inbound';
    const comment = faults.length === 0 ? null : faults.join(', ');
    frames.push({ interface: index, timeNs: at.timeNs, octets, direction, comment });
  };
  const interfaces = cables.map((name) => ({
    name,
    linkType: LINK_ETHERNET,
    fcsOctets: FCS_OCTETS,
  }));
  return {
    sink: { fine: false, move: () => undefined, note },
    octets: () => emit({ interfaces, frames }),
  };
}
