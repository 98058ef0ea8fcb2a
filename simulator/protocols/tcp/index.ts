/** TCP: one door to a connection's state, its step and its words. */
export { isRoomy } from './acknowledge';
export { accept, listen, open, unlisten } from './open';
export type { Listener, Opening } from './open';
export { CONTROLS } from './congestion/controls';
export { sentence } from './notes';
export type { Note } from './notes';
export { refuse } from './refuse';
export { LINUX, LINUX_IN_FULL, RFC } from './settings';
export type { Settings } from './settings';
export type { Effect, Input, State, Why } from './state';
export { step } from './step';
export { PHASES, ROWS } from './table';
export type { Event, Phase, Row } from './table';
