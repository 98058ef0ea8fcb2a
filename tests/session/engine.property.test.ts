/** Whatever a person does, the engine shows the moment of a run that was brought there directly. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { format, type Deed, type Grain, type Scenario } from '../../simulator';
import { Engine } from '../../src/session/engine';
import type { Mark, Moment } from '../../src/session/protocol';
import { finished, page, ping, replyTo } from './scenarios';

/** So that a machine that is busy with other things fails nothing. */
const PATIENCE_MS = 120_000;

const CABLE = { cable: 'cable' } as const;

const deed = fc.constantFrom<Deed>(
  { kind: 'fault', ...CABLE, fault: { kind: 'drop' } },
  { kind: 'fault', ...CABLE, fault: { kind: 'duplicate' } },
  { kind: 'fault', ...CABLE, fault: { kind: 'delay', delayNs: 50_000 } },
  { kind: 'cut', ...CABLE },
  { kind: 'mend', ...CABLE },
  { kind: 'type', host: 'client', octets: Uint8Array.of(65) },
);
const grain = fc.constantFrom<Grain>('micro', 'instruction', 'event', 'call', 'frame', 'message');

const actsTo = (lastNs: number) =>
  fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('seek' as const), to: fc.nat(lastNs) }),
      fc.record({ kind: fc.constant('advance' as const), toNs: fc.nat(lastNs) }),
      fc.record({
        kind: fc.constant('step' as const),
        grain,
        direction: fc.constantFrom(1 as const, -1 as const),
      }),
      fc.record({ kind: fc.constant('deed' as const), deed }),
      fc.constant({ kind: 'undo' as const }),
      fc.record({ kind: fc.constant('survey' as const), slices: fc.nat(300) }),
      fc.constant({ kind: 'recover' as const }),
    ),
    { maxLength: 14 },
  );
type Act = ReturnType<typeof actsTo> extends fc.Arbitrary<(infer T)[]> ? T : never;

function perform(engine: Engine, act: Act): void {
  if (act.kind === 'recover') finished(engine.recover());
  else if (act.kind !== 'survey') replyTo(engine, act);
  else for (let slice = 0; slice < act.slices; slice++) engine.surveySlice();
}

/** What the ALU did last is known only of an instruction that was gone through by micro-steps. */
const still = ({ hosts, at, timeNs, events, cables, inputs, log, ...rest }: Moment): object => ({
  ...{ at, timeNs, events, cables, inputs, log },
  ...{ nextNs: rest.nextNs, endsAtNs: rest.endsAtNs, verdicts: rest.verdicts },
  hosts: hosts.map((host) => ({ ...host, processor: null })),
});

function marksOf(engine: Engine): readonly Mark[] {
  while (!engine.survey.finished) engine.surveySlice();
  return engine.survey.marks;
}

test.each<[string, Scenario, number]>([
  ['machine code', page, 420_000],
  ['machine code that ends soon', { ...page, endsAtNs: 150_000 }, 420_000],
  ['modelled programs that end soon', { ...ping, endsAtNs: 700_000 }, 2_500_000],
])(
  '%s',
  (_, scenario, lastNs) => {
    fc.assert(
      fc.property(actsTo(lastNs), (acts) => {
        const engine = new Engine(scenario);
        for (const act of acts) {
          perform(engine, act);
          const moment = engine.moment({});
          expect(moment.timeNs).toBeLessThanOrEqual(moment.endsAtNs);
          expect(moment.at.timeNs).toBeLessThanOrEqual(moment.timeNs);
          const other = new Engine(scenario, moment.inputs);
          finished(other.reach(engine.place()));
          expect(still(moment)).toEqual(still(other.moment({})));
          expect(new Set(moment.log.map(({ id }) => id)).size).toBe(moment.log.length);
        }
        const { inputs } = engine.moment({});
        expect(marksOf(engine)).toEqual(marksOf(new Engine(scenario, inputs)));
      }),
      { numRuns: 12 },
    );
  },
  PATIENCE_MS,
);

test('a place beyond the end is the end', () => {
  const short = { ...ping, endsAtNs: 700_000 };
  const engine = new Engine(short);
  const at = { timeNs: 2_000_000, source: 0, n: 1, micro: 0 };
  finished(engine.reach({ slug: 'ping', seed: 1, inputs: [], at, timeNs: 2_100_000 }));
  const moment = engine.moment({});
  expect(moment).toMatchObject({ timeNs: 700_000, atEnd: true });
  const end = new Engine(short);
  replyTo(end, { kind: 'seek', to: 700_000 });
  expect(format(moment.at)).toBe(format(end.moment({}).at));
});
