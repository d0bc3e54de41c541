import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { type ChangesSearch, change } from './search.ts';

const route = getRouteApi('/changes');

export function useChangesSearch() {
  const search: ChangesSearch = route.useSearch();
  const navigate = route.useNavigate();
  const update = useCallback(
    (patch: Partial<ChangesSearch>) =>
      void navigate({ search: (before) => change(before as ChangesSearch, patch) }),
    [navigate],
  );
  return { search, update };
}
