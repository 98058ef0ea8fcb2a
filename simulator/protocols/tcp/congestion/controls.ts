/** The ways of congestion control that a TCP may be told to use. */
import { CUBIC } from './cubic';
import { NEW_RENO } from './newReno';
import type { Control } from './window';

export type ControlName = 'newReno' | 'cubic';

export const CONTROLS: Readonly<Record<ControlName, Control>> = { newReno: NEW_RENO, cubic: CUBIC };
