import { expect, test } from 'vitest';
import { START } from '../../../simulator/contract/position';
import type { Plain } from '../../../simulator/contract/plain';
import type { Note } from '../../../simulator/contract/seen';
import type { End, FaultKind } from '../../../simulator/link/cable';
import { captureOf } from '../../../simulator/link/capture';
import { parse } from '../../../simulator/wire/pcapng/read';

const OCTETS = Uint8Array.of(1, 2, 3, 4, 5);

function said(part: string, timeNs: number, kind: string, what: Plain): Note {
  const at = { ...START, timeNs };
  return { id: '', at, fine: false, cause: null, part, kind, what: { kind, ...(what as object) } };
}

const arrived = (part: string, timeNs: number, from: End, ...faults: FaultKind[]): Note =>
  said(part, timeNs, 'arrived', { flight: { octets: OCTETS, from, faults } });

test('a capture has what came out of its cables, each on its interface, with its faults', () => {
  const { sink, octets } = captureOf(['left', 'right']);
  sink.note(arrived('left', 7, 0));
  sink.note(said('left', 8, 'lost', { flight: { octets: OCTETS, from: 0, faults: [] }, why: '' }));
  sink.note(arrived('right', 9, 1, 'delay', 'corrupt'));
  sink.note(arrived('middle', 10, 0));
  sink.note(said('left', 11, 'cut', { cable: 'left' }));
  const ethernet = { linkType: 1, fcsOctets: 4 };
  expect(parse(octets())).toMatchObject({
    ok: true,
    value: {
      interfaces: [
        { name: 'left', ...ethernet },
        { name: 'right', ...ethernet },
      ],
      frames: [
        { interface: 0, timeNs: 7, octets: OCTETS, direction: 'outbound', comment: null },
        {
          interface: 1,
          timeNs: 9,
          octets: OCTETS,
          direction: 'inbound',
          comment: 'delay, corrupt',
        },
      ],
    },
  });
});

test('octets may be asked for at any time: what came out so far', () => {
  const { sink, octets } = captureOf(['cable']);
  const empty = octets();
  sink.note(arrived('cable', 1, 0));
  const one = octets();
  expect(one.subarray(0, empty.length)).toEqual(empty);
  expect(octets()).toEqual(one);
});
