/** Words for what the controls offer. */
import type { Grain } from '../../simulator';

export const GRAIN_NAMES: Readonly<Record<Grain, string>> = {
  micro: 'micro-step',
  instruction: 'instruction',
  event: 'event',
  call: 'system call',
  frame: 'frame',
  message: 'message',
  chapter: 'chapter',
};

export const TEMPOS = [
  { value: 'step', name: 'by step', title: 'Each step takes the same time on your clock' },
  { value: 'time', name: 'by time', title: 'Virtual time runs evenly, slowed down' },
] as const;
