import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { type DocumentType, graphql, readFragment } from '../../gql/index.ts';
import { ChangeLineFragment, ChangeLines, type Names } from '../changes/change-lines.tsx';
import { ChangeSetLink } from '../changes/object-link.tsx';
import { RevertButton } from '../changes/revert-button.tsx';

export const ChangeSetEntryFragment = graphql(`
  fragment ChangeSetEntry on Change {
    ...ChangeLine
    number
    changeSet {
      id
      actor
      createdAt
      operation
      reason
      source {
        name
        format
      }
      revertedBy {
        id
      }
    }
  }
`);

/** Takes the object back alone: to what it was after a change set, before what was made at the moment. */
export type OnlyThis = (changeSet: string, moment: string) => void;

export type Entry = DocumentType<typeof ChangeSetEntryFragment>;

/** One operation of somebody's, with all that it changed of this object. */
export function ChangeSetEntry(props: {
  changes: [Entry, ...Entry[]];
  names: Names;
  /** The object whose history this is. */
  objectId: string;
  onlyThis: OnlyThis | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { objectId, onlyThis } = props;
  const { changeSet } = props.changes[0];
  const { createdAt } = changeSet;
  const source = changeSet.source?.name ?? changeSet.source?.format;
  return (
    <li>
      <div className="timeline-head">
        <ChangeSetLink id={changeSet.id}>
          <time dateTime={createdAt}>{format.moment(createdAt)}</time>
        </ChangeSetLink>
        <span className="muted">
          {t('model.history.by', { actor: changeSet.actor })}
          {source ? ` · ${t('model.history.import', { name: source })}` : ''}
          {!source && changeSet.operation ? ` · ${changeSet.operation}` : ''}
        </span>
        {changeSet.revertedBy && (
          <ChangeSetLink id={changeSet.revertedBy.id}>
            <span className="flag">{t('model.history.reverted')}</span>
          </ChangeSetLink>
        )}
        <RevertButton
          id={changeSet.id}
          isReverted={changeSet.revertedBy != null}
          size="small"
          label={t('changes.revert.of', { moment: format.moment(createdAt) })}
          from={{
            objectId,
            createdAt,
            onlyThis: onlyThis && ((before) => onlyThis(before, createdAt)),
          }}
        />
      </div>
      {changeSet.reason && <p className="overview-text">{changeSet.reason}</p>}
      <ChangeLines
        changes={props.changes.map((change) => readFragment(ChangeLineFragment, change))}
        names={props.names}
      />
    </li>
  );
}
