import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useFormat } from '../../console/format.ts';
import { ChangeSetLink } from '../changes/object-link.tsx';
import { RevertButton } from '../changes/revert-button.tsx';
import { ImportedDocument } from './documents.ts';
import { startOver } from './job.ts';
import { ReportView } from './report-view.tsx';
import type { Answer } from './send.ts';

/** What was done, and the way to it in the history. */
export function Done({ answer, name }: { answer: Answer; name: string }) {
  const { t } = useTranslation();
  const { report, changeSetId } = answer;
  const format = useFormat();
  const isReverted = useIsReverted(changeSetId);
  const { created = 0, updated = 0 } = report.counts.models ?? {};
  const summary = t('imports.done.summary', {
    created: format.number(created),
    updated: format.number(updated),
  });
  return (
    <>
      <section className="card import-summary" aria-labelledby="import-done">
        <div>
          <h2 id="import-done">
            {t('imports.done.title')}{' '}
            {isReverted && <span className="flag">{t('imports.recent.reverted')}</span>}
          </h2>
          <p className="import-file">
            <bdi>{name}</bdi>
          </p>
          <p>{report.changes_anything ? summary : t('imports.done.nothing')}</p>
        </div>
        <div className="import-actions">
          <Link to="/models" search={{}} className="import-link">
            {t('imports.done.models')}
          </Link>
          {changeSetId && (
            <ChangeSetLink id={changeSetId} className="import-link">
              {t('imports.done.changeSet')}
            </ChangeSetLink>
          )}
          {changeSetId && <RevertButton id={changeSetId} isReverted={isReverted} />}
          <Button onClick={startOver}>{t('imports.done.another')}</Button>
        </div>
      </section>
      <ReportView report={report} />
    </>
  );
}

/** Whether somebody took it back meanwhile. */
function useIsReverted(id: string | null): boolean {
  const [{ data }] = useQuery({
    query: ImportedDocument,
    variables: { id: id ?? '' },
    pause: id === null,
    requestPolicy: 'cache-and-network',
  });
  const node = data?.node;
  return node != null && 'revertedBy' in node && node.revertedBy !== null;
}
