import type { Fault } from './answer.ts';

/** Why there is no report. */
export type Problem =
  /** The server read the file, and can't take it, or couldn't finish. */
  | ({ kind: 'fault' } & Fault)
  /** The server did not begin. */
  | { kind: 'refused'; status: number; code: string; message: string; retryAfter?: number }
  /** Nobody answered, and the file was not all sent. */
  | { kind: 'away' }
  /** The file was sent, and the answer broke off. */
  | { kind: 'lost' }
  /** The file was moved, changed or removed since it was chosen. */
  | { kind: 'unreadable' }
  | { kind: 'empty' }
  /** The server takes so many bytes at most. */
  | { kind: 'tooLarge'; most: number }
  | { kind: 'cancelled' }
  /** Cancelled when it had been sent: the server drops it, unless it was written by then. */
  | { kind: 'stopped' };

export class ImportError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }
}
