import './timeline.css';

import { Button, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { Section } from '../../console/section.tsx';
import { Failure } from '../../console/states.tsx';
import { type FragmentType, readFragment } from '../../gql/index.ts';
import type { Names } from '../changes/change-lines.tsx';
import { ChangeSetEntry, ChangeSetEntryFragment, type OnlyThis } from './change-set-entry.tsx';
import { groupNeighbours } from './neighbours.ts';

export const MOST_CHANGES = 100;

/** Who changed what of an object, the newest first. */
export function Timeline(props: {
  objectId: string;
  /** Undefined as long as it isn't there. */
  history:
    | { totalCount: number; nodes: readonly FragmentType<typeof ChangeSetEntryFragment>[] }
    | undefined;
  /** How many changes were asked for. */
  first: number;
  names: Names;
  /** Left out where one object can't be taken back without the others. */
  onlyThis?: OnlyThis | undefined;
  error: CombinedError | undefined;
  isBusy: boolean;
  retry: () => void;
  /** Asks for more. */
  more: () => void;
}) {
  const { t } = useTranslation();
  const { history, first, error } = props;
  if (error && !history) {
    return <Failure error={error} retry={props.retry} />;
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
        {groupNeighbours(changes, ({ changeSet }) => changeSet.id).map((group) => (
          <ChangeSetEntry
            key={group[0].number}
            changes={group}
            names={props.names}
            objectId={props.objectId}
            onlyThis={props.onlyThis}
          />
        ))}
      </ol>
      {hasMore && first === MOST_CHANGES && (
        <p className="muted">{t('model.history.newest', { count: changes.length })}</p>
      )}
      {hasMore && first < MOST_CHANGES && (
        <Button className="history-more" loading={props.isBusy} onClick={props.more}>
          {t('model.history.more')}
        </Button>
      )}
    </Section>
  );
}
