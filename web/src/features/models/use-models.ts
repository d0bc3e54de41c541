import { useCallback, useEffect, useMemo, useRef } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import { type PageInfo, pageOf } from '../../console/address.ts';
import type { ModelsQueryVariables } from '../../gql/graphql.ts';
import { type FragmentType, readFragment } from '../../gql/index.ts';
import { type ModelRow, ModelRowFragment, ModelsDocument } from './documents.ts';
import { conditionsOf, type ModelsSearch } from './search.ts';
import { steady } from './steady.ts';
import { orderOf, whereOf } from './where.ts';

export interface Models {
  /** The page's rows; undefined as long as there are none to show. */
  rows: readonly ModelRow[] | undefined;
  pageInfo: PageInfo | undefined;
  variables: ModelsQueryVariables;
  error: CombinedError | undefined;
  isLoading: boolean;
  /** Whether the rows are what is asked for now, and not what was before. */
  isOfThis: boolean;
  refresh(): void;
}

export function variablesOf(search: ModelsSearch): ModelsQueryVariables {
  return {
    where: whereOf(conditionsOf(search)),
    orderBy: orderOf(search),
    ...pageOf(search, search.size),
  };
}

export function useModels(search: ModelsSearch): Models {
  const client = useClient();
  const variables = useMemo(() => variablesOf(search), [search]);
  const [{ data, error, fetching, stale, operation }, execute] = useQuery({
    query: ModelsDocument,
    variables,
    // What was seen before is there at once, and is then made true.
    requestPolicy: 'cache-and-network',
  });
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
  const connection = data?.models;
  const next = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;

  // The next page is fetched while this one is read.
  useEffect(() => {
    if (!fetching && !stale && next) {
      const { size } = search;
      const { where, orderBy } = variables;
      client
        .query(ModelsDocument, { where, orderBy, first: size, after: next } as ModelsQueryVariables)
        .toPromise()
        .catch(() => undefined);
    }
  }, [client, fetching, stale, next, search, variables]);

  return {
    rows: useRows(connection?.nodes),
    pageInfo: connection?.pageInfo,
    variables,
    error,
    isLoading: fetching,
    isOfThis: JSON.stringify(operation?.variables) === JSON.stringify(variables),
    refresh,
  };
}

function useRows(nodes: readonly FragmentType<typeof ModelRowFragment>[] | undefined) {
  const before = useRef<readonly ModelRow[]>(undefined);
  const rows = useMemo(
    () =>
      steady(
        before.current,
        nodes?.map((node) => readFragment(ModelRowFragment, node)),
      ),
    [nodes],
  );
  useEffect(() => {
    before.current = rows;
  }, [rows]);
  return rows;
}
