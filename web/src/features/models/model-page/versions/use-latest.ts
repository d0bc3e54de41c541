import { useCallback } from 'react';
import { useClient } from 'urql';
import { nodeNow } from '../../../../console/node-now.ts';
import { readFragment } from '../../../../gql/index.ts';
import { SeenModelDocument, type VersionedModel, VersionsFragment } from './documents.ts';

/** Reads the page's model past the cache, and so shows it as it is now. */
export function useLatest(id: string): () => Promise<VersionedModel | undefined> {
  const client = useClient();
  return useCallback(async () => {
    const node = await nodeNow(client, SeenModelDocument, id);
    return node?.__typename === 'Model' ? readFragment(VersionsFragment, node) : undefined;
  }, [client, id]);
}
