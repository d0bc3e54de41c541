import { useCallback, useMemo } from 'react';
import { createStore, useStore } from '../../console/store.ts';
import { flatten, type Tree } from './tree.ts';

/** A tree up to this size is shown whole at first; of a larger one, the roots. */
const SHOWN_WHOLE = 200;

/** What somebody opened or closed; it stays so while other views are looked at. */
const chosen = createStore<ReadonlyMap<string, boolean>>(new Map());

export interface Openness {
  isOpen(id: string): boolean;
  set(ids: readonly string[], isOpen: boolean): void;
  setAll(isOpen: boolean): void;
}

export function useOpen(tree: Tree | undefined): Openness {
  const choices = useStore(chosen);
  const isSmall = (tree?.byId.size ?? 0) <= SHOWN_WHOLE;
  const set = useCallback(
    (ids: readonly string[], isOpen: boolean) =>
      chosen.set(new Map([...chosen.get(), ...ids.map((id) => [id, isOpen] as const)])),
    [],
  );
  return useMemo(
    () => ({
      isOpen: (id) => choices.get(id) ?? isSmall,
      set,
      setAll: (isOpen) =>
        set(
          flatten(tree?.roots ?? []).map(({ node }) => node.id),
          isOpen,
        ),
    }),
    [choices, isSmall, set, tree],
  );
}
