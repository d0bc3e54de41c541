import { CheckCircleOutlined, CloseOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Bulk, Report } from './use-bulk.ts';

const PROBLEMS_SHOWN = 5;

/** What came of a change, with the way back; it stays until it is read. */
export function BulkReport({ bulk, report }: { bulk: Bulk; report: Report }) {
  const { t } = useTranslation();
  const { changed, problems } = report;
  const rest = problems.length - PROBLEMS_SHOWN;
  return (
    <section className="bulk" aria-label={t('models.bulk.result')}>
      <div role="status" className="bulk-text">
        <strong>
          {problems.length > 0 ? (
            <WarningOutlined className="warn" aria-hidden />
          ) : (
            <CheckCircleOutlined className="good" aria-hidden />
          )}{' '}
          <Title report={report} />
        </strong>
        {problems.length > 0 && (
          <ul className="problems">
            {problems.slice(0, PROBLEMS_SHOWN).map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
            {rest > 0 && <li>{t('models.bulk.more', { count: rest })}</li>}
          </ul>
        )}
      </div>
      {changed.length > 0 && (
        <Button size="small" loading={bulk.isBusy} onClick={() => void bulk.takeBack(report)}>
          {t('models.bulk.undo')}
        </Button>
      )}
      <Button
        size="small"
        type="text"
        icon={<CloseOutlined aria-hidden />}
        aria-label={t('models.bulk.close')}
        onClick={bulk.dismiss}
      />
    </section>
  );
}

function Title({ report: { kind, action, changed, problems } }: { report: Report }) {
  const { t } = useTranslation();
  if (kind === 'undone') {
    return t(problems.length > 0 ? 'models.bulk.notUndone' : 'models.bulk.undone');
  }
  if (changed.length === 0) {
    return t('models.bulk.nothing');
  }
  const stage = action.kind === 'stage' ? t(`stages.${lower(action.stage)}`) : '';
  const label = 'label' in action ? action.label : '';
  return t(`models.bulk.done.${action.kind}`, { count: changed.length, stage, label });
}

const lower = <T extends string>(text: T) => text.toLowerCase() as Lowercase<T>;
