import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { type CombinedError, useQuery } from 'urql';
import { readFragment } from '../../gql/index.ts';
import { CompareDocument, type CompareModel, CompareModelFragment } from './documents.ts';
import { type CompareSearch, chosenOf } from './search.ts';

const route = getRouteApi('/compare');

export function useCompareSearch() {
  const search: CompareSearch = route.useSearch();
  const navigate = route.useNavigate();
  const update = useCallback(
    (patch: Partial<CompareSearch>, options: { replace?: boolean } = {}) =>
      void navigate({
        search: (before) => ({ ...before, ...patch }),
        resetScroll: false,
        ...options,
      }),
    [navigate],
  );
  return { search, update };
}

export interface Comparison {
  /** In the order of the address; undefined as long as there are none to show. */
  models: readonly CompareModel[] | undefined;
  deleted: readonly CompareModel[];
  /** What the address names and nobody knows. */
  unknown: readonly string[];
  tooMany: readonly string[];
  variables: { ids: string[] };
  error: CombinedError | undefined;
  refresh(): void;
}

const numbered = (model: CompareModel) => [[String(model.databaseId), model] as const];

export function useComparison({ models: named }: CompareSearch): Comparison {
  const { ids, tooMany, unreadable } = useMemo(() => chosenOf(named), [named]);
  // Sorted, so that moving a column asks for nothing.
  const wanted = [...ids].sort((one, other) => Number(one) - Number(other)).join(' ');
  const variables = useMemo(
    () => ({ ids: wanted === '' ? [] : wanted.split(' ').map((id) => `Model:${id}`) }),
    [wanted],
  );
  const [{ data, error, operation }, execute] = useQuery({
    query: CompareDocument,
    variables,
    requestPolicy: 'cache-and-network',
    pause: ids.length === 0,
  });
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  const known = useMemo(
    () =>
      new Map(
        (data?.nodes ?? []).flatMap((node) =>
          // By their numbers: in the past, ids say of which moment they are.
          node?.__typename === 'Model' ? numbered(readFragment(CompareModelFragment, node)) : [],
        ),
      ),
    [data],
  );
  const answered = data && operation?.variables.ids === variables.ids;
  return useMemo(() => {
    const found = ids.flatMap((id) => known.get(id) ?? []);
    const missing = answered ? ids.filter((id) => !known.has(id)) : [];
    return {
      models:
        found.length > 0 || answered || ids.length === 0
          ? found.filter(({ deletedAt }) => deletedAt == null)
          : undefined,
      deleted: found.filter(({ deletedAt }) => deletedAt != null),
      unknown: [...unreadable, ...missing],
      tooMany,
      variables,
      error,
      refresh,
    };
  }, [ids, known, answered, unreadable, tooMany, variables, error, refresh]);
}
