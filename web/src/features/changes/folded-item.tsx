import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { ChangeSetItem } from './change-set-item.tsx';
import type { ChangeSetRow } from './documents.ts';
import { Summary } from './summary.tsx';

/** Many change sets that are one piece of work, in one line that opens. */
export function FoldedItem(props: {
  rows: [ChangeSetRow, ...ChangeSetRow[]];
  fresh: ReadonlySet<string>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rows, fresh } = props;
  const [{ actor, channel, operation, createdAt, reason, summary }] = rows;
  const count = rows.length;
  return (
    <li className={rows.some(({ id }) => fresh.has(id)) ? 'feed-item feed-new' : 'feed-item'}>
      <div className="feed-head">
        <time dateTime={createdAt}>{format.moment(createdAt)}</time>
        <bdi className="feed-actor">{actor}</bdi>
        <span className="flag">{t(`changes.channels.${channel}`)}</span>
        {operation && (
          <span className="mono muted">
            {format.number(count)} × {operation}
          </span>
        )}
      </div>
      {reason && <p className="feed-reason">{reason}</p>}
      <Summary counts={summary.map((each) => ({ ...each, count }))} />
      <details>
        <summary>{t('changes.folded', { count, shown: format.number(count) })}</summary>
        <ol className="feed-folded">
          {rows.map((row) => (
            <ChangeSetItem key={row.id} row={row} isNew={false} />
          ))}
        </ol>
      </details>
    </li>
  );
}
