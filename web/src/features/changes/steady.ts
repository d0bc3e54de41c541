interface Row {
  id: string;
}

export interface Steady<T> {
  /** What is shown. */
  rows: readonly T[];
  /** How many came since that are not shown. */
  waiting: number;
}

/**
 * What to show of a list's first page that grows at its top. While it is held the rows stay that somebody reads,
 * each as it is by now, and those above are counted.
 */
export function steady<T extends Row>(
  shown: readonly T[] | undefined,
  latest: readonly T[],
  isHeld: boolean,
): Steady<T> {
  if (!shown || shown.length === 0 || !isHeld) {
    return { rows: latest, waiting: 0 };
  }
  const known = new Set(shown.map(({ id }) => id));
  const waiting = latest.filter(({ id }) => !known.has(id)).length;
  const now = new Map(latest.map((row) => [row.id, row]));
  return { rows: shown.map((row) => now.get(row.id) ?? row), waiting };
}
