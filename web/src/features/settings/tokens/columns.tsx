import { Button } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../console/data-table.tsx';
import { useFormat } from '../../../console/format.ts';
import type { Token } from './documents.ts';

export function useColumns(onRevoke: (token: Token) => void): Column<Token>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        title: t('settings.tokens.name'),
        isHeader: true,
        render: ({ name, hint }) => (
          <>
            <bdi className="mono">{name}</bdi> <span className="mono muted">…{hint}</span>
          </>
        ),
      },
      {
        key: 'role',
        title: t('settings.tokens.role'),
        render: ({ role, scopes }) => (
          <>
            {t(`session.roles.${role}`)}
            {scopes && (
              <span className="scope-list mono muted">
                {scopes.map((scope) => (
                  <span key={scope}>{scope.toLowerCase().replace('_', ':')}</span>
                ))}
              </span>
            )}
          </>
        ),
      },
      {
        key: 'created',
        title: t('settings.tokens.created'),
        render: ({ createdAt, createdBy }) => (
          <>
            {format.moment(createdAt)} <bdi className="muted">{createdBy}</bdi>
          </>
        ),
      },
      {
        key: 'used',
        title: t('settings.tokens.used'),
        render: ({ lastUsedAt }) =>
          lastUsedAt ? (
            format.moment(lastUsedAt)
          ) : (
            <span className="muted">{t('settings.tokens.never')}</span>
          ),
      },
      {
        key: 'expires',
        title: t('settings.tokens.expires'),
        render: ({ expiresAt }) =>
          expiresAt ? (
            <span className={isOver(expiresAt) ? 'warn' : undefined}>
              {format.moment(expiresAt)}
              {isOver(expiresAt) && ` · ${t('settings.tokens.expired')}`}
            </span>
          ) : (
            <span className="muted">{t('settings.tokens.never')}</span>
          ),
      },
      {
        key: 'revoke',
        title: t('settings.tokens.end'),
        render: (token) => (
          <Button
            size="small"
            danger
            aria-label={t('settings.tokens.revokeOne', { name: token.name })}
            onClick={() => onRevoke(token)}
          >
            {t('settings.tokens.revoke')}
          </Button>
        ),
      },
    ],
    [t, format, onRevoke],
  );
}

const isOver = (moment: string) => new Date(moment).getTime() <= Date.now();
