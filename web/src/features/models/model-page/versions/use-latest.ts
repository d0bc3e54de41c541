import { useCallback } from 'react';
import { useClient } from 'urql';
import { readFragment } from '../../../../gql/index.ts';
import { SeenModelDocument, type VersionedModel, VersionsFragment } from './documents.ts';

/** Reads the page's model past the cache, and so shows it as it is now. */
export function useLatest(id: string): () => Promise<VersionedModel | undefined> {
  const client = useClient();
  return useCallback(async () => {
    const { data } = await client.query(
      SeenModelDocument,
      { id },
      { requestPolicy: 'network-only' },
    );
    return data?.node?.__typename === 'Model'
      ? readFragment(VersionsFragment, data.node)
      : undefined;
  }, [client, id]);
}
