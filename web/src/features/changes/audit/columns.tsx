import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../console/data-table.tsx';
import { useFormat } from '../../../console/format.ts';
import { type DocumentType, graphql } from '../../../gql/index.ts';
import { ChangeSetLink, numberOf } from '../object-link.tsx';
import { tellDetail } from './detail-words.ts';

export const AuditEntryFragment = graphql(`
  fragment AuditLogEntry on AuditEntry {
    id
    createdAt
    actor
    action
    outcome
    count
    detail
    channel
    address
    requestId
    changeSet {
      id
    }
  }
`);

export type AuditEntry = DocumentType<typeof AuditEntryFragment>;

export function useColumns(): Column<AuditEntry>[] {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'when',
        title: t('audit.when'),
        render: ({ createdAt }) => (
          <time dateTime={createdAt} title={createdAt}>
            {format.moment(createdAt)}
          </time>
        ),
      },
      { key: 'who', title: t('audit.who'), render: ({ actor }) => <bdi>{actor}</bdi> },
      {
        key: 'action',
        title: t('audit.action'),
        isHeader: true,
        render: ({ action, count }) => (
          <>
            <span className="mono">{action}</span>
            {count > 1 && (
              <span className="muted">
                {' '}
                {t('audit.times', { count, shown: format.number(count) })}
              </span>
            )}
          </>
        ),
      },
      {
        key: 'outcome',
        title: t('audit.outcome'),
        render: ({ outcome }) => (
          <span className={outcome === 'REFUSED' ? 'warn' : undefined}>
            {t(`audit.outcomes.${outcome}`)}
          </span>
        ),
      },
      {
        key: 'detail',
        title: t('audit.detail'),
        className: 'audit-detail',
        render: ({ detail, changeSet }) => (
          <>
            {changeSet && (
              <ChangeSetLink id={changeSet.id}>
                {t('changes.set.number', { number: numberOf(changeSet.id) })}
              </ChangeSetLink>
            )}
            {detail && (
              // Of a change, it is the reason that somebody gave.
              <div>{changeSet ? detail : tellDetail(detail, t, i18n.language)}</div>
            )}
          </>
        ),
      },
      {
        key: 'channel',
        title: t('changes.set.channel'),
        render: ({ channel }) => channel && t(`changes.channels.${channel}`),
      },
      { key: 'address', title: t('audit.address'), render: ({ address }) => address },
      {
        key: 'request',
        title: t('changes.set.request'),
        render: ({ requestId }) => requestId && <bdi className="mono">{requestId}</bdi>,
      },
    ],
    [t, i18n, format],
  );
}
