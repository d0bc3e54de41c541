import { isAway, knock } from './connection.ts';
import { createStore } from './store.ts';

/** Whether a part of this page is no longer there, though the server answers. */
export const isOutdated = createStore(false);

/** A part of the console that could not be loaded: nobody answered, or the server has a newer console by now. */
export class MissingPart extends Error {
  constructor(cause?: unknown) {
    super('A part of the console could not be loaded', { cause });
  }
}

/** How browsers, and Vite for style sheets, say that a file was not to be had. */
const MISSING =
  /^(Unable to preload CSS|Failed to fetch dynamically imported|error loading dynamically imported|Importing a module script failed)/i;

export function isMissing(error: unknown): boolean {
  return error instanceof MissingPart || (error instanceof Error && MISSING.test(error.message));
}

let hasMissed = false;

/**
 * Loads what is no part of the first load. After a miss nothing more is loaded into this page: Vite takes a style sheet
 * that failed once for loaded, and the view would be there without it.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  if (hasMissed) {
    throw new MissingPart();
  }
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error)) {
      throw error;
    }
    hasMissed = true;
    throw new MissingPart(error);
  }
}

/** Learns whether what is missing will be there again with the server. */
export async function lookForServer(): Promise<void> {
  await knock();
  isOutdated.set(!isAway.get());
}

const RELOADED = 'modelry:reloaded';
const LEAST_BETWEEN_MS = 10_000;

/** Loads the page again, but not over and over. */
export function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(RELOADED));
  if (Date.now() - last > LEAST_BETWEEN_MS) {
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
  }
}
