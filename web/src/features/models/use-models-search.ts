import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { change, type ModelsSearch } from './search.ts';

const route = getRouteApi('/models');

/** What the address says, and a way to have it say something else, which the browser can go back from. */
export function useModelsSearch() {
  const whole = route.useSearch();
  // The moment that is shown is no condition of the table, and stays by itself.
  const search = useMemo((): ModelsSearch => {
    const { at, ...own } = whole;
    return own;
  }, [whole]);
  const navigate = route.useNavigate();
  const go = useCallback(
    (next: ModelsSearch, options: { replace?: boolean } = {}) =>
      void navigate({ search: next, resetScroll: false, ...options }),
    [navigate],
  );
  const update = useCallback(
    (patch: Partial<ModelsSearch>, options: { replace?: boolean } = {}) =>
      void navigate({
        search: (before) => change(before as ModelsSearch, patch),
        resetScroll: false,
        ...options,
      }),
    [navigate],
  );
  return { search, update, go };
}
