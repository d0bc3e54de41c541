import './recent-imports.css';

import { Skeleton } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useAsOf } from '../../console/as-of/as-of-context.ts';
import { useFormat } from '../../console/format.ts';
import { Failure } from '../../console/states.tsx';
import { ChangeSetLink } from '../changes/object-link.tsx';
import { RecentImportsDocument } from './documents.ts';
import { FORMATS } from './formats.ts';

/** The last files that were imported, by whomever; in the past, the last of then. */
export function RecentImports({ epoch }: { epoch: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const moment = useAsOf();
  const [{ data, error }, execute] = useQuery({
    query: RecentImportsDocument,
    variables: { until: moment ?? null },
    requestPolicy: 'cache-and-network',
  });
  const shown = useRef(epoch);
  useEffect(() => {
    if (shown.current !== epoch) {
      shown.current = epoch;
      execute({ requestPolicy: 'network-only' });
    }
  }, [epoch, execute]);

  if (error && !data) {
    return <Failure error={error} retry={() => execute({ requestPolicy: 'network-only' })} />;
  }
  const imports = data?.changeSets.nodes;
  return (
    <section className="card" aria-labelledby="import-recent">
      <h2 id="import-recent">{t('imports.recent.title')}</h2>
      {!imports && <Skeleton active title={false} />}
      {imports?.length === 0 && <p className="muted">{t('imports.recent.none')}</p>}
      {imports && imports.length > 0 && (
        <ul className="recent">
          {imports.map(({ id, actor, createdAt, reason, source, revertedBy }) => {
            const known = FORMATS.find((name) => name === source?.format);
            return (
              <li key={id}>
                <ChangeSetLink id={id}>
                  <bdi>{source?.name ?? t('imports.recent.unnamed')}</bdi>
                </ChangeSetLink>
                {revertedBy && <span className="flag">{t('imports.recent.reverted')}</span>}
                <span className="muted">
                  <time dateTime={createdAt}>{format.moment(createdAt)}</time>
                  {' · '}
                  {t('imports.recent.by', {
                    format: known ? t(`imports.formats.${known}`) : (source?.format ?? '–'),
                    actor,
                  })}
                </span>
                {reason && (
                  <span className="recent-reason" dir="auto">
                    {reason}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
