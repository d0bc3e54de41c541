import { useEffect, useState } from 'react';
import { type Client, type CombinedError, type OperationResult, useClient } from 'urql';
import type { ColumnChoicesQuery } from '../../gql/graphql.ts';
import { ColumnChoicesDocument } from './documents.ts';
import type { Capability } from './use-cells.ts';

interface Choices {
  capabilities?: readonly Capability[];
  error?: CombinedError;
}

async function readAll(client: Client): Promise<Choices> {
  const capabilities: Capability[] = [];
  let after: string | null | undefined;
  do {
    const { data, error }: OperationResult<ColumnChoicesQuery> = await client.query(
      ColumnChoicesDocument,
      { after },
      { requestPolicy: 'network-only' },
    );
    if (!data) {
      return error ? { error } : {};
    }
    capabilities.push(...data.capabilities.nodes);
    const { hasNextPage, endCursor } = data.capabilities.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after);
  return { capabilities };
}

/** All capabilities, each of which can be a column. */
export function useColumnChoices(): Choices & { again: () => void } {
  const client = useClient();
  const [choices, setChoices] = useState<Choices>({});
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    let isWanted = true;
    void readAll(client).then((found) => isWanted && setChoices(found));
    return () => {
      isWanted = false;
    };
  }, [client, attempt]);
  return { ...choices, again: () => setAttempt((before) => before + 1) };
}
