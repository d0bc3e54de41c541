import { useCallback, useMemo } from 'react';
import { type CombinedError, useQuery } from 'urql';
import type { FacetFragment as Facet, ModelFacetsQueryVariables } from '../../gql/graphql.ts';
import { readFragment } from '../../gql/index.ts';
import { uncounted, withChosen } from './chosen.ts';
import { ChosenNamesDocument, FacetFragment, FacetsDocument } from './documents.ts';
import { type Conditions, conditionsOf, type ModelsSearch } from './search.ts';
import { whereOf } from './where.ts';

export type FacetName = 'supplier' | 'type' | 'subType' | 'stage' | 'capability';

type Counts = Record<FacetName, readonly Facet[]>;

export interface Facets {
  /** How many models meet all conditions. */
  total: number | undefined;
  counts: Counts;
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
  const [conditions, variables] = useMemo(() => [conditionsOf(search), variablesOf(search)], [key]);
  const [{ data, error, fetching }, execute] = useQuery({
    query: FacetsDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  const counted = useMemo(
    () => ({
      supplier: readFragment(FacetFragment, data?.supplier.facets.suppliers ?? []),
      type: readFragment(FacetFragment, data?.type.facets.modelTypes ?? []),
      subType: readFragment(FacetFragment, data?.subType.facets.subTypes ?? []),
      stage: readFragment(FacetFragment, data?.stage.facets.lifecycleStages ?? []),
      capability: readFragment(FacetFragment, data?.all.facets.capabilities ?? []),
    }),
    [data],
  );
  const counts = useChosen(counted, conditions, data !== undefined);
  const total = data?.all.totalCount;
  return useMemo(
    () => ({ total, counts, isLoading: fetching, error, refresh }),
    [total, counts, fetching, error, refresh],
  );
}

/** The counts with all that was chosen, by its name: for what has no count, that is asked. */
function useChosen(counts: Counts, chosen: Conditions, areThere: boolean): Counts {
  const variables = useMemo(
    () => ({
      suppliers: uncounted(counts.supplier, chosen.supplier),
      capabilities: uncounted(counts.capability, chosen.capability),
    }),
    [counts, chosen],
  );
  const [{ data }] = useQuery({
    query: ChosenNamesDocument,
    variables,
    pause: !areThere || variables.suppliers.length + variables.capabilities.length === 0,
  });
  return useMemo(
    () => ({
      ...counts,
      supplier: withChosen(counts.supplier, chosen.supplier, data?.suppliers.nodes),
      subType: withChosen(counts.subType, chosen.subType),
      capability: withChosen(counts.capability, chosen.capability, data?.capabilities.nodes),
    }),
    [counts, chosen, data],
  );
}
