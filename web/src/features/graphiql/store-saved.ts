import { type SavedQuery, savedQueries } from './saved-queries.ts';

/** Whether the browser had room for them; if not, they are as they were. */
export function store(queries: readonly SavedQuery[]): boolean {
  const before = savedQueries.get();
  try {
    savedQueries.set(queries);
    return true;
  } catch {
    try {
      savedQueries.set(before);
    } catch {
      // What is stored is what was there before.
    }
    return false;
  }
}
