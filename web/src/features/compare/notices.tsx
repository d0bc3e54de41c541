import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { MOST_COMPARED } from './search.ts';
import type { Comparison } from './use-comparison.ts';

/** What of the address is not shown, and why. */
export function Notices({ comparison, onTidy }: { comparison: Comparison; onTidy: () => void }) {
  const { t } = useTranslation();
  const { deleted, unknown, tooMany } = comparison;
  if (deleted.length + unknown.length + tooMany.length === 0) {
    return null;
  }
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={t('compare.left_out')}
      description={
        <>
          <ul className="compare-notices">
            {deleted.map((model) => (
              <li key={model.id}>
                <Link to="/models/$modelId" params={{ modelId: String(model.databaseId) }}>
                  <bdi>{model.displayName ?? model.name}</bdi>
                </Link>{' '}
                {t('compare.deleted')}
              </li>
            ))}
            {unknown.length > 0 && (
              <li>{t('compare.unknown', { count: unknown.length, ids: unknown.join(', ') })}</li>
            )}
            {tooMany.length > 0 && (
              <li>{t('compare.tooMany', { count: tooMany.length, most: MOST_COMPARED })}</li>
            )}
          </ul>
          <Button size="small" onClick={onTidy}>
            {t('compare.tidy')}
          </Button>
        </>
      }
    />
  );
}
