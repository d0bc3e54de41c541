import type { CombinedError } from 'urql';
import type { UserError } from './user-errors.ts';

/** What came of a write, whichever it was. */
export interface Answer {
  /** What it can be undone by; null if nothing had to be changed. */
  changeSet: string | null;
  /** What was done before it and belongs to it, to be undone after it. */
  earlier?: readonly string[];
  userErrors: readonly UserError[];
  error: CombinedError | undefined;
}

interface Payload {
  changeSet?: { id: string } | null;
  userErrors: readonly UserError[];
}

export function answerOf(
  payload: Payload | null | undefined,
  error: CombinedError | undefined,
): Answer {
  return {
    changeSet: payload?.changeSet?.id ?? null,
    userErrors: payload?.userErrors ?? [],
    error,
  };
}

export function isDone({ error, userErrors }: Answer): boolean {
  return error === undefined && userErrors.length === 0;
}
