import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Section } from '../../console/section.tsx';
import { Failure } from '../../console/states.tsx';
import { graphql, readFragment } from '../../gql/index.ts';
import { ChangeSetEntry, ChangeSetEntryFragment } from '../models/model-page/change-set-entry.tsx';
import { groupBySet } from '../models/model-page/group-by-set.ts';

const AT_FIRST = 10;
const MOST = 100;

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
  const { t } = useTranslation();
  const [first, setFirst] = useState(AT_FIRST);
  const [{ data, error, fetching }, execute] = useQuery({
    query: HistoryDocument,
    variables: { id, first },
    requestPolicy: 'cache-and-network',
  });
  const history = data?.node && 'history' in data.node ? data.node.history : undefined;
  if (error && !history) {
    return <Failure error={error} retry={() => execute({ requestPolicy: 'network-only' })} />;
  }
  if (!history) {
    return (
      <Section title={t('model.history.title')}>
        <Skeleton active title={false} />
      </Section>
    );
  }
  const changes = history.nodes.map((node) => readFragment(ChangeSetEntryFragment, node));
  const hasMore = history.totalCount > changes.length;
  return (
    <Section
      title={t('model.history.title')}
      count={history.totalCount}
      empty={t('model.history.empty')}
    >
      <ol className="timeline">
        {groupBySet(changes).map((group) => (
          <ChangeSetEntry key={group[0].number} changes={group} names={NO_NAMES} />
        ))}
      </ol>
      {hasMore && first === MOST && (
        <p className="muted">{t('model.history.newest', { count: changes.length })}</p>
      )}
      {hasMore && first < MOST && (
        <Button className="history-more" loading={fetching} onClick={() => setFirst(MOST)}>
          {t('model.history.more')}
        </Button>
      )}
    </Section>
  );
}
