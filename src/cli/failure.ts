/** Exit statuses: 0 fine, 1 the thing asked for failed, 2 it was asked for wrongly. */
export class Failure extends Error {
  readonly status: 1 | 2;

  constructor(status: 1 | 2, message: string) {
    super(message);
    this.status = status;
  }
}

/** The call's words are off; the message says which and what they may be. */
export const misused = (message: string): Failure => new Failure(2, message);

/** What was asked for could not be done; the message says what and where. */
export const failed = (message: string): Failure => new Failure(1, message);
