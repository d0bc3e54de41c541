import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { fieldName } from '../../console/forms/field-names.ts';
import type { ChangeSetRow } from './documents.ts';
import { ChangeSetLink, ObjectLink } from './object-link.tsx';
import { subjectsOf } from './subjects.ts';
import { Summary } from './summary.tsx';

/** A change set in the list: when, who, what and why. */
export const ChangeSetItem = memo(function ChangeSetItem(props: {
  row: ChangeSetRow;
  isNew: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, actor, channel, operation, createdAt, ...set } = props.row;
  const subjects = subjectsOf(set.changes.nodes);
  return (
    <li className={props.isNew ? 'feed-item feed-new' : 'feed-item'}>
      <div className="feed-head">
        <ChangeSetLink id={id}>
          <time dateTime={createdAt}>{format.moment(createdAt)}</time>
        </ChangeSetLink>
        <bdi className="feed-actor">{actor}</bdi>
        <span className="flag">{t(`changes.channels.${channel}`)}</span>
        {operation && <span className="mono muted">{operation}</span>}
        {set.revertedBy && (
          <ChangeSetLink id={set.revertedBy.id}>{t('changes.flags.reverted')}</ChangeSetLink>
        )}
        {set.reverts && (
          <ChangeSetLink id={set.reverts.id}>{t('changes.flags.reverts')}</ChangeSetLink>
        )}
      </div>
      {set.source && (
        <p className="muted">
          {t('changes.source', {
            name: set.source.name ?? t('changes.noFile'),
            format: set.source.format,
          })}
        </p>
      )}
      {set.reason && <p className="feed-reason">{set.reason}</p>}
      <Summary counts={set.summary} />
      {subjects.length > 0 && (
        <ul className="feed-subjects">
          {subjects.map((subject) => (
            <li key={subject.id}>
              <ObjectLink id={subject.id}>{subject.name}</ObjectLink>
              {subject.fields.length > 0 && (
                <span className="muted">
                  {' '}
                  {subject.fields.map((field) => fieldName(field, t)).join(', ')}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
});
