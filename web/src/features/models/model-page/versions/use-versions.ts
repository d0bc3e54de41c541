import { useCallback, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { readFragment } from '../../../../gql/index.ts';
import {
  OlderVersionsDocument,
  type Version,
  type VersionedModel,
  VersionFragment,
} from './documents.ts';

interface Older {
  nodes: readonly Version[];
  next: string | null;
}

/** A model's versions, the newest first: those that came with the page, and older ones on demand. */
export function useVersions({ id, versions }: VersionedModel) {
  const client = useClient();
  const [older, setOlder] = useState<Older>();
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<CombinedError>();
  const { hasNextPage, endCursor } = versions.pageInfo;
  const next = older ? older.next : hasNextPage ? (endCursor ?? null) : null;

  const loadMore = useCallback(async () => {
    if (next === null) {
      return;
    }
    setLoading(true);
    const answer = await client.query(OlderVersionsDocument, { id, after: next });
    setLoading(false);
    setError(answer.error);
    const node = answer.data?.node;
    if (node && 'versions' in node) {
      const { nodes, pageInfo } = node.versions;
      setOlder((before) => ({
        nodes: [
          ...(before?.nodes ?? []),
          ...nodes.map((each) => readFragment(VersionFragment, each)),
        ],
        next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
      }));
    }
  }, [client, id, next]);

  const newest = versions.nodes.map((each) => readFragment(VersionFragment, each));
  // A new one moves the others on: one may then be in both lists.
  const rest = (older?.nodes ?? []).filter((each) => !newest.some((known) => known.id === each.id));
  return { all: [...newest, ...rest], hasMore: next !== null, isLoading, error, loadMore };
}

export type Versions = ReturnType<typeof useVersions>;
