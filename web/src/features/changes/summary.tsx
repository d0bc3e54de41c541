import './change-lines.css';

import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import type { ChangeSetRow } from './documents.ts';

/** How much a change set changed of what: "220 models added". */
export function Summary({ counts }: { counts: ChangeSetRow['summary'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="set-summary" aria-label={t('changes.summary')}>
      {counts.map(({ type, operation, count }) => (
        <li key={`${type} ${operation}`} className={`operation-${operation.toLowerCase()}`}>
          {t(`changes.done.${operation}`, {
            what: t(`changes.counts.${type}`, { count, shown: format.number(count) }),
          })}
        </li>
      ))}
    </ul>
  );
}
