/** What came of a program that `exec` ran. */
export type Executed = {
  /** Of a program under the kernel; null when it did not exit. */
  readonly exit: number | null;
  /** What a bare program stored to `tohost`; null when it did not. */
  readonly tohost: number | null;
  readonly instructions: number;
  readonly stdout: Uint8Array;
  /** What went wrong; empty when nothing did. */
  readonly why: string;
  /** What a bare program leaves for comparison; null without one. */
  readonly signature?: readonly number[] | null;
};
