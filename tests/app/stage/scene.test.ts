import { describe, expect, test } from 'vitest';
import { mapBoxes } from '../../../src/layout/map';
import { frameName } from '../../../src/stage/frameName';
import { flightsShown, labelOf, tokensShown } from '../../../src/stage/scene';
import { arpRequest, at, cable, flight, moment, move, note } from '../fixtures/moment';

const [boxes] = mapBoxes(1300, 560).computers;

describe('frames on the cable', () => {
  const flying = moment({ cables: { cable: cable({ flights: [flight()] }) } });

  test.each([
    [10_000, 0],
    [12_930, 0.5],
    [15_860, 1],
  ])('at %d ns are %d of the way', (shownNs, share) => {
    expect(flightsShown(flying, 'cable', { shownNs, phase: 1 })[0]?.share).toBeCloseTo(share, 3);
  });

  test('are not there before they left', () => {
    expect(flightsShown(flying, 'cable', { shownNs: 9_999, phase: 1 })).toEqual([]);
  });

  const { number, octets, departNs, arriveNs } = flight();
  const told = { number, octets, departNs, arriveNs, faults: [], from: 0 };

  test('are drawn until the playhead reaches their arrival', () => {
    const arrived = moment({
      timeNs: 15_860,
      notes: [note({ part: 'cable', kind: 'arrived', what: { flight: told } })],
    });
    const half = flightsShown(arrived, 'cable', { shownNs: 12_930, phase: 0.5 });
    expect(half).toMatchObject([{ number: 0, from: 'client', to: 'server', lost: null }]);
    expect(flightsShown(arrived, 'cable', { shownNs: 15_860, phase: 1 })).toEqual([]);
  });

  test('that were lost stay where they were lost, with the reason', () => {
    const lost = moment({
      notes: [
        note({
          part: 'cable',
          kind: 'lost',
          at: at(12_930),
          what: { flight: told, why: 'the cable was cut' },
        }),
      ],
    });
    const [shown] = flightsShown(lost, 'cable', { shownNs: 20_000, phase: 1 });
    expect(shown).toMatchObject({ lost: 'the cable was cut' });
    expect(shown?.share).toBeCloseTo(0.5, 3);
  });

  test('are called by what they carry', () => {
    expect(frameName(arpRequest)).toBe('ARP');
    expect(frameName(new Uint8Array(3))).toBe('frame');
  });
});

describe('tokens inside a computer', () => {
  const two = moment({
    moves: [
      move(),
      move({
        id: 'b',
        kind: 'dma',
        from: 'client.ram',
        to: 'client.nic',
        what: { lengthOctets: 60 },
      }),
      move({ id: 'c', kind: 'frame', from: 'client.nic', to: 'server.nic', what: {} }),
    ],
  });

  test.each([
    [0, [0, 0]],
    [0.25, [0.5, 0]],
    [0.75, [1, 0.5]],
    [1, [1, 1]],
  ])('move one after the other: phase %d', (phase, shares) => {
    const tokens = tokensShown(two, 'client', boxes, { shownNs: 0, phase });
    expect(tokens.map(({ share }) => share)).toEqual(shares);
  });

  test('that stay inside a part are for its room', () => {
    const inner = moment({
      moves: [move({ kind: 'register', from: 'client.cpu.registers', to: 'client.cpu.alu' })],
    });
    expect(tokensShown(inner, 'client', boxes, { shownNs: 0, phase: 1 })).toEqual([]);
  });

  const word = (kind: string, from: string, to: string, value: number) =>
    move({
      id: from,
      kind,
      fine: true,
      from: `client.cpu.${from}`,
      to: `client.cpu.${to}`,
      what: { value },
    });
  const places = {
    ram: boxes.ram,
    nic: boxes.nic,
    registers: boxes.processor.registers,
    alu: boxes.processor.alu,
    control: boxes.processor.control,
    bus: { x: boxes.bus.from, y: boxes.bus.y, width: boxes.bus.to - boxes.bus.from, height: 0 },
  };
  const near = (spot: { x: number; y: number } | undefined): string[] =>
    Object.entries(places)
      .filter(([, { x, y, width, height }]) => {
        const at = spot ?? { x: -99, y: -99 };
        return at.x >= x && at.x <= x + width && at.y >= y - 6 && at.y <= y + height + 6;
      })
      .map(([name]) => name);

  test.each([
    ['address', 'pc', 'bus.address', 0x8000_0000, 'control', 'ram'],
    ['address', 'result', 'bus.address', 0x1001_0000, 'alu', 'nic'],
    ['address', 'result', 'bus.address', 0x0200_0000, 'alu', 'bus'],
    ['word', 'bus.data', 'ir', 0x13, 'ram', 'control'],
    ['register', 'x5', 'a', 7, 'registers', 'alu'],
    ['operand', 'four', 'alu.b', 4, 'control', 'alu'],
    ['register', 'result', 'x5', 7, 'alu', 'registers'],
    ['csr', 'result', 'mepc', 7, 'alu', 'control'],
  ])('%s from %s to %s goes between the parts of the processor', (kind, from, to, value, a, b) => {
    const inner = moment({ moves: [word(kind, from, to, value)] });
    const [token] = tokensShown(inner, 'client', boxes, { shownNs: 0, phase: 0.5 });
    expect(token).toMatchObject({
      small: true,
      share: 0.5,
      label: value.toString(16).padStart(8, '0'),
    });
    expect(near(token?.line[0])).toContain(a);
    expect(near(token?.line.at(-1))).toContain(b);
  });

  test('on the bus go where their own computer’s address says, not another’s', () => {
    const inner = moment({
      moves: [
        word('address', 'pc', 'bus.address', 0x8000_0000),
        move({
          id: 'other',
          kind: 'address',
          fine: true,
          from: 'server.cpu.result',
          to: 'server.cpu.bus.address',
          what: { value: 0x1001_0000 },
        }),
        word('word', 'bus.data', 'ir', 0x13),
      ],
    });
    const fetched = tokensShown(inner, 'client', boxes, { shownNs: 0, phase: 1 }).at(-1);
    expect(near(fetched?.line[0])).toContain('ram');
  });

  test('within the control unit are too small for the map', () => {
    const inner = moment({ moves: [word('csr', 'control', 'mcause', 8)] });
    expect(tokensShown(inner, 'client', boxes, { shownNs: 0, phase: 1 })).toEqual([]);
  });

  test('of another computer are not here', () => {
    expect(tokensShown(two, 'server', boxes, { shownNs: 0, phase: 1 })).toEqual([]);
  });

  test.each([
    [move(), 'sendto'],
    [move({ kind: 'return', what: { name: 'recvfrom' } }), 'recvfrom'],
    [move({ kind: 'interrupt', what: { line: 'nic' } }), 'nic interrupt'],
    [move({ kind: 'dma', what: { lengthOctets: 60 } }), '60 octets'],
    [move({ kind: 'unheard', what: null }), 'unheard'],
  ])('are called by what they are', (each, label) => {
    expect(labelOf(each)).toBe(label);
  });
});
