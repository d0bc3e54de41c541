import { useCallback, useMemo } from 'react';
import { type CombinedError, useClient, useQuery } from 'urql';
import { readFragment } from '../../gql/index.ts';
import { CategoryFragment, type CategoryNode, TreeDocument } from './documents.ts';
import { buildTree, type Place, type Tree } from './tree.ts';
import { type Counts, useCounts } from './use-counts.ts';

export interface Categories {
  tree: Tree | undefined;
  /** How many models are at a path. */
  countsOf: (path: string) => Counts;
  /** How many deleted ones there are, of which the tree has the last hundred. */
  deletedTotal: number;
  error: CombinedError | undefined;
  refresh(): Promise<void>;
}

/** The whole tree, with the moves in it that are under way, and how many models are where. */
export function useTree(withDeleted: boolean, pending: ReadonlyMap<string, Place>): Categories {
  const client = useClient();
  const variables = useMemo(() => ({ withDeleted }), [withDeleted]);
  const [{ data, error }] = useQuery({
    query: TreeDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const nodes = useMemo(() => {
    if (!data) {
      return undefined;
    }
    const live = data.categoryTree.flatMap((root) => [root, ...root.descendants]);
    // In the middle of a move, one may be named twice, or be among the deleted already.
    const byId = new Map<string, CategoryNode>();
    for (const node of [...live, ...(data.deleted?.nodes ?? [])]) {
      const category = readFragment(CategoryFragment, node);
      if (withDeleted || category.deletedAt == null) {
        byId.set(category.id, category);
      }
    }
    return [...byId.values()];
  }, [data, withDeleted]);

  const paths = useMemo(
    () => (nodes ?? []).flatMap(({ path, deletedAt }) => (deletedAt == null ? [path] : [])),
    [nodes],
  );
  const { countsOf, recount } = useCounts(paths);

  const refresh = useCallback(async () => {
    await client.query(TreeDocument, variables, { requestPolicy: 'network-only' });
    // Nobody has to wait for the counts.
    void recount();
  }, [client, variables, recount]);

  return {
    tree: useMemo(() => nodes && buildTree(nodes, pending), [nodes, pending]),
    countsOf,
    deletedTotal: data?.deleted?.totalCount ?? 0,
    error,
    refresh,
  };
}
