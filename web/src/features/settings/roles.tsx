import { CheckOutlined } from '@ant-design/icons';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Scroll } from '../../console/data-table.tsx';
import { Section } from '../../console/section.tsx';
import type { Scope } from '../../gql/graphql.ts';
import { isOfRole, ROLES, SCOPES } from './rights.ts';

/** What each role may do, and what of it a token can be limited to. */
export function Roles() {
  const { t } = useTranslation();
  const columns = useMemo<Column<Scope>[]>(
    () => [
      {
        key: 'right',
        title: t('settings.roles.right'),
        isHeader: true,
        className: 'right-name',
        render: (scope) => t(`settings.scopes.${scope}`),
      },
      ...ROLES.map((role) => ({
        key: role,
        title: t(`session.roles.${role}`),
        render: (scope: Scope) =>
          isOfRole(scope, role) ? (
            <>
              <CheckOutlined className="good" aria-hidden />
              <span className="hidden">{t('settings.roles.yes')}</span>
            </>
          ) : (
            <>
              <span aria-hidden className="muted">
                –
              </span>
              <span className="hidden">{t('settings.roles.no')}</span>
            </>
          ),
      })),
      {
        key: 'scope',
        title: t('settings.roles.scope'),
        render: (scope) => (
          <span className="mono muted">{scope.toLowerCase().replace('_', ':')}</span>
        ),
      },
    ],
    [t],
  );
  return (
    <Section title={t('settings.roles.title')}>
      <p className="muted">{t('settings.roles.intro')}</p>
      <Scroll label={t('settings.table', { title: t('settings.roles.title') })}>
        <DataTable
          label={t('settings.roles.title')}
          columns={columns}
          rows={SCOPES}
          keyOf={(scope) => scope}
        />
      </Scroll>
    </Section>
  );
}
