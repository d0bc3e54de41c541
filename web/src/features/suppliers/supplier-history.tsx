import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../gql/index.ts';
import { MOST_CHANGES, Timeline } from '../object-page/timeline.tsx';

const CHANGES_AT_FIRST = 10;

const HistoryDocument = graphql(`
  query SupplierHistory($id: ID!, $first: Int!) {
    node(id: $id, deleted: INCLUDE) {
      id
      ... on Supplier {
        history(first: $first) {
          totalCount
          nodes {
            ...ChangeSetEntry
          }
        }
      }
    }
  }
`);

const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Who changed the supplier itself, the newest first. */
export function SupplierHistory({ id }: { id: string }) {
  const [first, setFirst] = useState(CHANGES_AT_FIRST);
  const [{ data, error, fetching }, execute] = useQuery({
    query: HistoryDocument,
    variables: { id, first },
    requestPolicy: 'cache-and-network',
  });
  const history = data?.node && 'history' in data.node ? data.node.history : undefined;
  return (
    <Timeline
      objectId={id}
      history={history}
      first={first}
      names={NO_NAMES}
      error={error}
      isBusy={fetching}
      retry={() => execute({ requestPolicy: 'network-only' })}
      more={() => setFirst(MOST_CHANGES)}
    />
  );
}
