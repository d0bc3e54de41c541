import { Button, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Section } from '../../../console/section.tsx';
import { Failure } from '../../../console/states.tsx';
import { graphql, readFragment } from '../../../gql/index.ts';
import { ChangeSetEntry, ChangeSetEntryFragment } from './change-set-entry.tsx';
import { useEditor } from './editor.tsx';
import { groupBySet } from './group-by-set.ts';

const CHANGES_AT_A_TIME = 20;
const MOST_CHANGES = 100;

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
  const { t } = useTranslation();
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
  const history = model?.history;
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
  const names = new Map(model?.categories.map((category) => [category.id, category.displayName]));
  const changes = history.nodes.map((node) => readFragment(ChangeSetEntryFragment, node));
  return (
    <Section
      title={t('model.history.title')}
      count={history.totalCount}
      empty={t('model.history.empty')}
    >
      <ol className="timeline">
        {groupBySet(changes).map((group) => (
          <ChangeSetEntry key={group[0].number} changes={group} names={names} />
        ))}
      </ol>
      {history.totalCount > changes.length && first === MOST_CHANGES && (
        <p className="muted">{t('model.history.newest', { count: changes.length })}</p>
      )}
      {history.totalCount > changes.length && first < MOST_CHANGES && (
        <Button
          className="history-more"
          loading={fetching}
          onClick={() => setFirst(Math.min(MOST_CHANGES, first + 40))}
        >
          {t('model.history.more')}
        </Button>
      )}
    </Section>
  );
}
