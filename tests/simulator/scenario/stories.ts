/** Stories for tests: what an author may write beside a world, made for one thing each. */
import type {
  Chapter,
  Matcher,
  Pattern,
  Prediction,
  Question,
  Scenario,
  Stop,
} from '../../../simulator';
import { scenario as page } from '../../../scenarios/fetch-a-page/scenario';
import { scenario as ping } from '../../../scenarios/ping/scenario';

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

export { page, ping };
