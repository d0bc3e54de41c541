import { useCallback, useMemo } from 'react';
import { useQuery } from 'urql';
import { readFragment } from '../../gql/index.ts';
import { MatrixDocument, MatrixFacetsDocument, MatrixRowFragment } from './documents.ts';
import { type CapabilitiesSearch, COLUMNS_AT_FIRST, matrixOf } from './search.ts';
import { useColumnChoices } from './use-column-choices.ts';

/** The rows and columns that the address says. */
export function useMatrix(search: CapabilitiesSearch) {
  const variables = useMemo(() => matrixOf(search), [search]);
  const [{ data, error, fetching }, execute] = useQuery({
    query: MatrixDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const [{ data: facetData }] = useQuery({ query: MatrixFacetsDocument });
  const choices = useColumnChoices();
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);

  const all = choices.capabilities;
  const facets = facetData?.models.facets;
  const columns = useMemo(() => {
    // Until it is known what most models have, nothing takes its place for a moment.
    if (!facets && search.column.length === 0) {
      return [];
    }
    const most = (facets?.capabilities ?? []).slice(0, COLUMNS_AT_FIRST).map(({ value }) => value);
    const names = search.column.length > 0 ? search.column : most;
    const byName = new Map(all?.map((capability) => [capability.name, capability]));
    const chosen = names.flatMap((name) => byName.get(name) ?? []);
    return chosen.length > 0 ? chosen : (all ?? []).slice(0, COLUMNS_AT_FIRST);
  }, [all, facets, search.column]);

  const connection = data?.models;
  return {
    variables,
    rows: useMemo(
      () => connection?.nodes.map((node) => readFragment(MatrixRowFragment, node)),
      [connection],
    ),
    total: connection?.totalCount,
    pageInfo: connection?.pageInfo,
    /** How many of the models that are asked for have what. */
    counts: useMemo(
      () => new Map(connection?.facets.capabilities.map(({ value, count }) => [value, count])),
      [connection],
    ),
    columns,
    capabilities: all,
    suppliers: facets?.suppliers ?? [],
    error: error ?? choices.error,
    isLoading: fetching,
    refresh,
    /** For when it could not be read. */
    again() {
      refresh();
      choices.again();
    },
  };
}

export type MatrixData = ReturnType<typeof useMatrix>;
