import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../../gql/index.ts';
import { MOST_CHANGES, Timeline } from '../../object-page/timeline.tsx';
import { useEditor } from './editor.tsx';

const CHANGES_AT_A_TIME = 20;

const HistoryDocument = graphql(`
  query ModelHistory($id: ID!, $first: Int!) {
    node(id: $id, deleted: INCLUDE) {
      id
      ... on Model {
        categories {
          id
          displayName
        }
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

/** Who changed what, the newest first. */
export function History({ id }: { id: string }) {
  const [first, setFirst] = useState(CHANGES_AT_A_TIME);
  const [{ data, error, fetching }, execute] = useQuery({
    query: HistoryDocument,
    variables: { id, first },
    requestPolicy: 'cache-and-network',
  });
  const { revision } = useEditor();
  useEffect(() => {
    if (revision > 0) {
      execute({ requestPolicy: 'network-only' });
    }
  }, [revision, execute]);
  const model = data?.node && 'history' in data.node ? data.node : undefined;
  const names = new Map(model?.categories.map((category) => [category.id, category.displayName]));
  return (
    <Timeline
      history={model?.history}
      first={first}
      names={names}
      error={error}
      isBusy={fetching}
      retry={() => execute({ requestPolicy: 'network-only' })}
      more={() => setFirst(Math.min(MOST_CHANGES, first + 40))}
    />
  );
}
