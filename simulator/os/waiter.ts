/** A system call that was made and not answered yet; it hangs at the thing that it waits for. */
import type { SystemCall } from '../contract/program';

/** Where machine code wants the answer of a call; 0 where it gave no pointer. */
export type Target = {
  readonly buffer: number;
  readonly peer: number;
  readonly peerLength: number;
};

/** `target` is null for a modelled program; `tag` is 0 for machine code. */
export type Waiter = {
  readonly process: number;
  readonly tag: number;
  readonly call: SystemCall;
  readonly target: Target | null;
};
