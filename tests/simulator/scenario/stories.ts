/** Stories for tests: what an author may write beside a world, made for one thing each. */
import type {
  Chapter,
  Knob,
  Matcher,
  Pattern,
  Prediction,
  Question,
  Scenario,
  Stop,
} from '../../../simulator';
import { scenario as wholePage } from '../../../scenarios/fetch-a-page/scenario';
import { scenario as wholePing } from '../../../scenarios/ping/scenario';

/** The catalogue's, without what their authors tell of them. */
const bare = { knobs: [], chapters: [], charts: [] };
export const ping: Scenario = { ...wholePing, ...bare };
export const page: Scenario = { ...wholePage, ...bare };

export const chapter = (id: string, stop: Stop, prediction?: Prediction): Chapter => ({
  id,
  title: `Chapter ${id}`,
  text: 'What happens here.',
  stop,
  room: null,
  focus: [],
  ...(prediction && { prediction }),
});

export const asks = (question: Question, given?: Prediction['given']): Prediction => ({
  ask: 'What comes of it?',
  question,
  because: 'The engine says so.',
  ...(given && { given }),
});

export const told = (scenario: Scenario, chapters: readonly Chapter[]): Scenario => ({
  ...scenario,
  chapters,
});

/** Patterns that fit something in every ping. */
export const FRAME: Pattern = { see: 'move', kind: 'frame' };
export const ARRIVED: Pattern = { see: 'note', kind: 'arrived', part: 'cable' };
export const ECHO_REQUEST: Pattern = { ...FRAME, frame: { ICMP: { Type: '8' } } };
export const ECHO_REPLY: Pattern = { ...FRAME, frame: { ICMP: { Type: '0' } } };
export const DMA: Pattern = { see: 'move', kind: 'dma', fine: true };

export const behind = (coarse: Pattern, more: Partial<Matcher> = {}): Matcher => ({
  coarse,
  ...more,
});

/** The knob of a cable's rate. */
export const SPEED: Knob = {
  name: 'speed',
  title: 'Line rate',
  means: 'How many bits a second the cable carries.',
  range: {
    kind: 'number',
    unit: 'Mbit/s',
    least: 10,
    most: 1000,
    step: 10,
    preset: 100,
    times: 1e6,
  },
  sets: { of: 'cable', cable: 'cable', field: 'bitsPerSecond' },
};

export const COUNT: Knob = {
  name: 'requests',
  title: 'Requests',
  means: 'How many echo requests the program sends.',
  range: { kind: 'number', unit: '', least: 1, most: 10, step: 1, preset: 3 },
  sets: { of: 'program', host: 'client', program: 0, argument: 'count' },
};

export const CALLS: Knob = {
  name: 'call-cost',
  title: 'Cost of a system call',
  means: 'Cycles that the kernel takes for each system call.',
  range: { kind: 'number', unit: 'cycles', least: 10, most: 600, step: 10, preset: 60 },
  sets: { of: 'cost', cost: 'kernel.systemCall' },
};

/** The next frame is lost. */
export const LOST: Prediction['given'] = {
  words: 'the next frame is lost',
  deeds: [{ kind: 'fault', cable: 'cable', fault: { kind: 'drop' } }],
};

const EITHER: Question = {
  kind: 'choice',
  options: [
    { label: 'the answer', fits: ECHO_REPLY },
    { label: 'another request', fits: ECHO_REQUEST },
  ],
};

const REGISTERS: Question = {
  kind: 'cells',
  of: { kind: 'registers', host: 'client' },
  changedBy: { see: 'move', kind: 'call', from: 'client.cpu' },
};

/** Stories with a question of each kind. */
export const stories: readonly Scenario[] = [
  {
    ...told(ping, [
      chapter('begin', 'start', asks({ kind: 'part', fits: ARRIVED })),
      chapter('asked', behind(ECHO_REQUEST), asks(EITHER, LOST)),
      chapter(
        'on-its-way',
        { ...behind(FRAME), stand: 'halfway' },
        asks({ kind: 'number', of: { timeTo: ARRIVED }, unit: 'µs', divisor: 1000, tolerance: 1 }),
      ),
      chapter('stored', { ...behind(ARRIVED, { then: DMA }), stand: 'before' }),
      chapter('end', 'end'),
    ]),
    title: 'told',
    knobs: [SPEED, COUNT, CALLS],
  },
  {
    ...told(page, [
      chapter('begin', 'start', asks({ kind: 'number', of: { count: FRAME }, unit: 'frames' })),
      chapter('call', behind({ see: 'move', kind: 'call', from: 'client' }), asks(REGISTERS)),
      chapter(
        'adds',
        behind(
          { see: 'note', kind: 'returned', part: 'client' },
          { then: { see: 'move', kind: 'operand', to: 'client.cpu.alu' } },
        ),
      ),
    ]),
    title: 'told',
  },
];
