/** What came of a program that `exec` ran. */
export type Executed = {
  /** Of a program under the kernel; null when it did not exit. */
  readonly exit: number | null;
  /** What a bare program stored to `tohost`; null when it did not. */
  readonly tohost: number | null;
  readonly instructions: number;
  readonly stdout: Uint8Array;
  /** Why it ended without an answer; empty otherwise. */
  readonly why: string;
};
