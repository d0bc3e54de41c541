import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useFormat } from '../../../console/format.ts';
import { type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import type { OnlyThis } from '../../object-page/change-set-entry.tsx';
import { MOST_CHANGES, Timeline } from '../../object-page/timeline.tsx';
import { useEditor } from './editor.tsx';
import { type VersionedModel, VersionsFragment } from './versions/documents.ts';
import { RollbackDialog } from './versions/rollback-dialog.tsx';

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
export function History(props: { model: FragmentType<typeof VersionsFragment> }) {
  const model = readFragment(VersionsFragment, props.model);
  const { id } = model;
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
  const found = data?.node && 'history' in data.node ? data.node : undefined;
  const onlyThis = useRollbackBefore(model);
  const names = new Map(found?.categories.map((category) => [category.id, category.displayName]));
  return (
    <Timeline
      objectId={id}
      history={found?.history}
      onlyThis={onlyThis}
      first={first}
      names={names}
      error={error}
      isBusy={fetching}
      retry={() => execute({ requestPolicy: 'network-only' })}
      more={() => setFirst(Math.min(MOST_CHANGES, first + 40))}
    />
  );
}

/** What makes the model alone what it was before a moment; undefined where it can't be changed. */
function useRollbackBefore(model: VersionedModel): OnlyThis | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayEdit, open, saved } = useEditor();
  if (!mayEdit) {
    return undefined;
  }
  return (changeSet, createdAt) => {
    const moment = format.moment(createdAt);
    open((close) => (
      <RollbackDialog
        model={model}
        to={{ changeSet }}
        title={t('versions.rollbackBeforeTitle', { moment })}
        intro={t('versions.rollbackBeforeIntro')}
        onClose={close}
        onDone={(answer) => saved(answer, t('versions.rolledBackBefore', { moment }))}
      />
    ));
  };
}
