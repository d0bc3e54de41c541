import { useCallback, useEffect, useState } from 'react';
import type { Client, CombinedError, OperationResult } from 'urql';
import { useAsOf } from '../../../console/as-of/as-of-context.ts';
import { clientsAsOf } from '../../../console/client.ts';
import { useLive } from '../../../console/live/use-live.ts';
import { useSession } from '../../../console/session.tsx';
import type { DeprecationsQuery } from '../../../gql/graphql.ts';
import { readFragment } from '../../../gql/index.ts';
import { DeprecationFragment, type DeprecationRow, DeprecationsDocument } from './documents.ts';

const ROWS_AT_A_TIME = 100;
/** So many days of models are a calendar that nobody reads; the table of models finds the rest. */
export const MOST_ROWS = 2_000;

interface Read {
  rows?: readonly DeprecationRow[];
  /** There are more than are shown. */
  isCut?: boolean;
  error?: CombinedError | undefined;
}

/** All of a window at once: its months are counted and saved as a whole. */
export function useDeprecations(before: string) {
  const { epoch } = useSession();
  const { throughClient } = clientsAsOf(useAsOf());
  const [round, setRound] = useState(0);
  const [read, setRead] = useState<Read>({});
  const refresh = useCallback(() => setRound((last) => last + 1), []);
  useLive({ types: ['MODEL'] }, { refresh });

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew, by whoever is signed in now
  useEffect(() => {
    const controller = new AbortController();
    readAll(throughClient, before, controller.signal)
      .then((found) => {
        if (found) {
          setRead(found);
        }
      })
      .catch((error: CombinedError) => setRead({ error }));
    return () => controller.abort();
  }, [throughClient, before, round, epoch]);

  return { ...read, refresh };
}

async function readAll(
  client: Client,
  before: string,
  signal: AbortSignal,
): Promise<Read | undefined> {
  const rows: DeprecationRow[] = [];
  let after: string | null | undefined;
  do {
    const { data, error }: OperationResult<DeprecationsQuery> = await client.query(
      DeprecationsDocument,
      { before, first: ROWS_AT_A_TIME, after },
    );
    if (signal.aborted) {
      return undefined;
    }
    if (!data) {
      return { error };
    }
    rows.push(...data.deprecations.nodes.map((node) => readFragment(DeprecationFragment, node)));
    const { pageInfo } = data.deprecations;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after && rows.length < MOST_ROWS);
  return { rows, isCut: !!after };
}
