import './deprecations.css';

import { DownloadOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../console/format.ts';
import { graphiqlLink } from '../../../console/graphiql-link.ts';
import { Loading } from '../../../console/loading.tsx';
import { Section } from '../../../console/section.tsx';
import { ShowQuery } from '../../../console/show-query.tsx';
import { Failure, usePageTitle } from '../../../console/states.tsx';
import { toCsv } from '../../models/csv.ts';
import { save } from '../../models/export.ts';
import { ChangesHead } from '../changes-head.tsx';
import { type Calendar, calendarOf, endOf, recordOf, todayIs } from './calendar.ts';
import { DeprecationsDocument } from './documents.ts';
import { Items } from './items.tsx';
import { type DeprecationsSearch, WINDOWS, type Window } from './search.ts';
import { MOST_ROWS, useDeprecations } from './use-deprecations.ts';

const route = getRouteApi('/changes/deprecations');

/** Which models are deprecated or retire, month by month, and what takes their place. */
export function DeprecationsPage() {
  const { t } = useTranslation();
  const search: DeprecationsSearch = route.useSearch();
  const navigate = route.useNavigate();
  const update = (patch: Partial<DeprecationsSearch>) =>
    void navigate({ search: { ...search, ...patch }, resetScroll: false });
  const today = todayIs();
  const before = endOf(search.months, today);
  const { rows, isCut, error, refresh } = useDeprecations(before);
  const calendar = useMemo(() => rows && calendarOf(rows, today, before), [rows, today, before]);
  usePageTitle(t('deprecations.title'));
  return (
    <div className="page changes">
      <ChangesHead title={t('deprecations.title')}>
        <Segmented<Window>
          aria-label={t('deprecations.window')}
          options={WINDOWS.map((value) => ({
            value,
            label:
              value === 'all'
                ? t('deprecations.all')
                : t('deprecations.months', { count: Number(value) }),
          }))}
          value={search.months}
          onChange={(months) => update({ months })}
        />
        <Checkbox
          checked={search.past === 'yes'}
          onChange={({ target }) => update({ past: target.checked ? 'yes' : undefined })}
        >
          {t('deprecations.past')}
        </Checkbox>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          disabled={!calendar}
          onClick={() => calendar && download(calendar, search.past === 'yes')}
        >
          {t('deprecations.download')}
        </Button>
        <ShowQuery href={graphiqlLink(DeprecationsDocument, { before, first: 100 })} />
      </ChangesHead>
      {error ? (
        <Failure error={error} retry={refresh} />
      ) : calendar ? (
        <Months calendar={calendar} withPast={search.past === 'yes'} isCut={isCut ?? false} />
      ) : (
        <Loading paragraph={{ rows: 12 }} />
      )}
    </div>
  );
}

function download({ months, past }: Calendar, withPast: boolean): void {
  const shown = withPast ? [...past.toReversed(), ...months] : months;
  const records = shown.flatMap(({ items }) => items.map(recordOf));
  const names = [
    'on',
    'stage',
    'inEffect',
    'supplier',
    'model',
    'displayName',
    'isActive',
    'isDefault',
    'successorSupplier',
    'successor',
  ] as const;
  save('deprecations.csv', 'text/csv;charset=utf-8', toCsv(names, records));
}

function Months(props: { calendar: Calendar; withPast: boolean; isCut: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { overdue, months, past } = props.calendar;
  const section = ({ month, items }: Calendar['months'][number]) => (
    <Section key={month} title={format.day(month)} count={items.length}>
      <Items items={items} />
    </Section>
  );
  return (
    <>
      {props.isCut && (
        <Alert
          type="info"
          showIcon
          title={t('deprecations.cut', { shown: format.number(MOST_ROWS) })}
        />
      )}
      {overdue.length > 0 && (
        <div className="overdue">
          <Section title={t('deprecations.overdue')} count={overdue.length}>
            <p className="muted">{t('deprecations.overdueHint')}</p>
            <Items items={overdue} />
          </Section>
        </div>
      )}
      {months.length === 0 && <p className="feed-empty muted">{t('deprecations.empty')}</p>}
      {months.map(section)}
      {props.withPast && past.length > 0 && (
        <>
          <h2 className="deprecations-past">{t('deprecations.pastTitle')}</h2>
          {past.map(section)}
        </>
      )}
    </>
  );
}
