import { useCallback, useMemo, useState } from 'react';
import type { ModelRow } from './documents.ts';

/** Rows are changed one by one, and as many are at most taken at a time. */
export const MOST_SELECTED = 100;

export interface Selection {
  /** As they were last seen, from whatever page. */
  rows: readonly ModelRow[];
  /** Those of them that are on no page that is shown, or meet no condition any more. */
  hidden: readonly ModelRow[];
  isFull: boolean;
  has(id: string): boolean;
  toggle(rows: readonly ModelRow[], isChosen: boolean): void;
  set(rows: readonly ModelRow[]): void;
}

const firstOf = (rows: readonly ModelRow[]) => rows.slice(0, MOST_SELECTED);

/** What is shown anew is chosen as it is shown: who goes on has seen it. */
export function useSelection(shown: readonly ModelRow[] | undefined): Selection {
  const [chosen, setChosen] = useState<readonly ModelRow[]>([]);
  const set = useCallback((rows: readonly ModelRow[]) => setChosen(firstOf(rows)), []);
  const toggle = useCallback(
    (rows: readonly ModelRow[], isChosen: boolean) =>
      setChosen((before) => {
        const without = before.filter(({ id }) => !rows.some((row) => row.id === id));
        return isChosen ? firstOf([...without, ...rows]) : without;
      }),
    [],
  );
  return useMemo(() => {
    const rows = chosen.map((row) => shown?.find(({ id }) => id === row.id) ?? row);
    const ids = new Set(rows.map(({ id }) => id));
    return {
      rows,
      hidden: rows.filter((row) => !shown?.includes(row)),
      isFull: rows.length >= MOST_SELECTED,
      has: (id) => ids.has(id),
      toggle,
      set,
    };
  }, [chosen, shown, toggle, set]);
}
