import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { type Counts, KINDS, type Report } from './answer.ts';
import { ChangedRecords } from './changed-records.tsx';

const COLUMNS = ['created', 'updated', 'unchanged', 'removed'] as const;
const NONE: Counts = { created: 0, updated: 0, unchanged: 0, removed: 0 };

/** All of what the server says that an import does, or did; the children stand below the counts. */
export function ReportView({ report, children }: { report: Report; children?: ReactNode }) {
  return (
    <>
      <CountsTable report={report} />
      {children}
      <ChangedRecords report={report} />
      <Homeless report={report} />
    </>
  );
}

function CountsTable({ report }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kinds = KINDS.map((kind) => ({ kind, counts: report.counts[kind] ?? NONE })).filter(
    ({ counts }) => COLUMNS.some((column) => counts[column] > 0),
  );
  if (kinds.length === 0) {
    return null;
  }
  return (
    <div className="card">
      <h2 id="import-counts">{t('imports.counts.title')}</h2>
      <Scroll label={t('imports.counts.title')}>
        <table className="table import-counts" aria-labelledby="import-counts">
          <thead>
            <tr>
              <th scope="col">{t('imports.counts.kind')}</th>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className="table-right">
                  {t(`imports.counts.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map(({ kind, counts }) => (
              <tr key={kind}>
                <th scope="row">{t(`imports.kinds.${kind}`)}</th>
                {COLUMNS.map((column) => (
                  <td
                    key={column}
                    className={`table-right ${counts[column] ? `count-${column}` : 'muted'}`}
                  >
                    {format.number(counts[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

/** What the schema has no field for; nothing of it is lost. */
function Homeless({ report }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fields = Object.entries(report.homeless).sort(([, left], [, right]) => right - left);
  return (
    <section className="card" aria-labelledby="import-homeless">
      <h2 id="import-homeless">
        {t('imports.homeless.title')}
        {fields.length > 0 && <span className="card-count">{format.number(fields.length)}</span>}
      </h2>
      <p className="muted">
        {t(fields.length > 0 ? 'imports.homeless.detail' : 'imports.homeless.none')}
      </p>
      {fields.length > 0 && (
        <ul className="homeless">
          {fields.map(([field, times]) => (
            <li key={field}>
              <bdi className="mono">{field}</bdi>
              <span className="muted" title={t('imports.homeless.times')}>
                {' × '}
                {format.number(times)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
