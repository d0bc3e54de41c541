import type { CombinedError } from 'urql';
import { createStore } from './store.ts';

/** Whether the server answers. */
export const isAway = createStore(false);

/** Counts how often the server said that it must know who asks. */
export const refusals = createStore(0);

export function codesOf(error: CombinedError): string[] {
  return error.graphQLErrors.map(({ extensions }) => String(extensions.code ?? ''));
}

/** Nobody answered, or someone before the server did, or the server can't for the moment. */
export function isOutage(error: CombinedError): boolean {
  const status = (error.response as Response | undefined)?.status;
  if (error.networkError) {
    return status === undefined || status >= 500;
  }
  return codesOf(error).includes('UNAVAILABLE');
}

export function isThrottled(error: CombinedError): boolean {
  return codesOf(error).includes('RATE_LIMITED');
}

/** Learns from each answer whether the server is there, and whether it knows who asks. */
export function note(error: CombinedError | undefined): void {
  isAway.set(error ? isOutage(error) : false);
  if (error && codesOf(error).includes('UNAUTHENTICATED')) {
    refusals.set(refusals.get() + 1);
  }
}

const KNOCK_WAITS_MS = 5_000;

/** Asks whether the server is there again. One that hangs is not. */
export async function knock(): Promise<void> {
  try {
    const { ok } = await fetch('/readyz', {
      cache: 'no-store',
      signal: AbortSignal.timeout(KNOCK_WAITS_MS),
    });
    isAway.set(!ok);
  } catch {
    isAway.set(true);
  }
}
