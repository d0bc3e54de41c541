import { Skeleton } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { type Column, DataTable, Scroll } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { Section } from '../../console/section.tsx';
import { useSession } from '../../console/session.tsx';
import type { ExpiringKeysQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { may } from './rights.ts';
import { SectionProblem } from './section-problem.tsx';

const DAYS_AHEAD = 30;

const ExpiringKeysDocument = graphql(`
  query ExpiringKeys($withinDays: Int!) {
    expiringSupplierKeys(withinDays: $withinDays, first: 100) {
      id
      label
      hint
      expiresAt
      status
      supplier {
        id
        name
        displayName
      }
    }
  }
`);

type Key = ExpiringKeysQuery['expiringSupplierKeys'][number];

/** Keys of suppliers that have to be replaced soon, for those who keep them. */
export function ExpiringKeys() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  const isAllowed = may(viewer, 'KEYS_MANAGE');
  const [{ data, error }, execute] = useQuery({
    query: ExpiringKeysDocument,
    variables: { withinDays: DAYS_AHEAD },
    requestPolicy: 'cache-and-network',
    pause: !isAllowed,
  });
  const columns = useColumns();
  if (!isAllowed) {
    return null;
  }
  const title = t('settings.keys.title');
  const keys = data?.expiringSupplierKeys;
  if (!keys) {
    return (
      <Section title={title}>
        {error ? (
          <SectionProblem error={error} retry={() => execute({ requestPolicy: 'network-only' })} />
        ) : (
          <Skeleton active title={false} />
        )}
      </Section>
    );
  }
  return (
    <Section
      title={title}
      count={keys.length}
      empty={t('settings.keys.empty', { count: DAYS_AHEAD })}
    >
      <Scroll label={t('settings.table', { title: title })}>
        <DataTable label={title} columns={columns} rows={keys} keyOf={({ id }) => id} />
      </Scroll>
    </Section>
  );
}

function useColumns(): Column<Key>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'supplier',
        title: t('settings.keys.supplier'),
        render: ({ supplier }) => <bdi>{supplier.displayName ?? supplier.name}</bdi>,
      },
      {
        key: 'label',
        title: t('settings.keys.label'),
        isHeader: true,
        render: ({ label, hint }) => (
          <>
            <bdi>{label}</bdi>
            {hint && <span className="mono muted"> …{hint}</span>}
          </>
        ),
      },
      {
        key: 'expires',
        title: t('settings.tokens.expires'),
        render: ({ expiresAt, status }) => (
          <span className={status === 'EXPIRED' ? 'warn' : undefined}>
            {expiresAt && format.moment(expiresAt)}
            {status === 'EXPIRED' && ` · ${t('settings.tokens.expired')}`}
          </span>
        ),
      },
    ],
    [t, format],
  );
}
