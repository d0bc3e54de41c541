import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { change, type ModelsSearch } from './search.ts';

const route = getRouteApi('/models');

/** What the address says, and a way to have it say something else, which the browser can go back from. */
export function useModelsSearch() {
  const search: ModelsSearch = route.useSearch();
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
