/** What came out of the cables of a world, as a pcapng capture: one interface a cable. */
import {
  emitCapture,
  LINK_ETHERNET,
  type CapturedFrame,
  type Note,
  type Sink,
  type WorldSpec,
} from '../../simulator';

export type Capture = { readonly sink: Sink; readonly octets: () => Uint8Array };

type Arrival = {
  readonly flight: {
    readonly octets: Uint8Array;
    readonly from: number;
    readonly faults: readonly string[];
  };
};

/** Frames are taken at their arrival; what a fault did to one is its comment. */
export function captureOf(spec: WorldSpec): Capture {
  const frames: CapturedFrame[] = [];
  const indexes = new Map(spec.cables.map((cable, index) => [cable.name, index]));
  const note = (said: Note): void => {
    const index = indexes.get(said.part);
    if (said.kind !== 'arrived' || index === undefined) return;
    const { flight } = said.what as unknown as Arrival;
    frames.push({
      interface: index,
      timeNs: said.at.timeNs,
      octets: flight.octets,
      direction: flight.from === 0 ? 'outbound' : 'inbound',
      comment: flight.faults.length === 0 ? null : flight.faults.join(', '),
    });
  };
  const interfaces = spec.cables.map(({ name }) => ({
    name,
    linkType: LINK_ETHERNET,
    fcsOctets: 4,
  }));
  return {
    sink: { fine: false, move: () => undefined, note },
    octets: () => emitCapture({ interfaces, frames }),
  };
}
