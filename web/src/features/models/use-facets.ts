import { useCallback, useMemo } from 'react';
import { type CombinedError, useQuery } from 'urql';
import type { FacetFragment as Facet, ModelFacetsQueryVariables } from '../../gql/graphql.ts';
import { readFragment } from '../../gql/index.ts';
import { FacetFragment, FacetsDocument } from './documents.ts';
import { conditionsOf, type ModelsSearch } from './search.ts';
import { whereOf } from './where.ts';

export type FacetName = 'supplier' | 'type' | 'subType' | 'stage' | 'capability';

export interface Facets {
  /** How many models meet all conditions. */
  total: number | undefined;
  counts: Record<FacetName, readonly Facet[]>;
  isLoading: boolean;
  error: CombinedError | undefined;
  refresh(): void;
}

function variablesOf(search: ModelsSearch): ModelFacetsQueryVariables {
  const conditions = conditionsOf(search);
  return {
    all: whereOf(conditions),
    supplier: whereOf(conditions, 'supplier'),
    type: whereOf(conditions, 'type'),
    subType: whereOf(conditions, 'subType'),
    stage: whereOf(conditions, 'stage'),
  };
}

export function useFacets(search: ModelsSearch): Facets {
  // Sorting and paging count nothing anew.
  const key = JSON.stringify(conditionsOf(search));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what of the search counts
  const variables = useMemo(() => variablesOf(search), [key]);
  const [{ data, error, fetching }, execute] = useQuery({
    query: FacetsDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  const counts = useMemo(
    () => ({
      supplier: readFragment(FacetFragment, data?.supplier.facets.suppliers ?? []),
      type: readFragment(FacetFragment, data?.type.facets.modelTypes ?? []),
      subType: readFragment(FacetFragment, data?.subType.facets.subTypes ?? []),
      stage: readFragment(FacetFragment, data?.stage.facets.lifecycleStages ?? []),
      capability: readFragment(FacetFragment, data?.all.facets.capabilities ?? []),
    }),
    [data],
  );
  const total = data?.all.totalCount;
  return useMemo(
    () => ({ total, counts, isLoading: fetching, error, refresh }),
    [total, counts, fetching, error, refresh],
  );
}
