import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ImportSearch } from './search.ts';

const route = getRouteApi('/import');

export function useImportSearch() {
  const search: ImportSearch = route.useSearch();
  const navigate = route.useNavigate();
  const update = useCallback(
    (patch: Partial<ImportSearch>) =>
      void navigate({
        search: (before) => ({ ...before, ...patch }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return { search, update };
}
