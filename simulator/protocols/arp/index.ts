/** Address resolution: one door to its state and its step. */
export { create, LINUX } from './state';
export type { State } from './state';
export { lookup, step } from './step';
export type { Effect, Input, Note } from './step';
