import './compare.css';

import { Empty, Skeleton, Switch } from 'antd';
import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { Loading } from '../../console/loading.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { Failure, usePageTitle } from '../../console/states.tsx';
import { Calculator } from './calculator.tsx';
import { CompareTable } from './compare-table.tsx';
import { CompareDocument } from './documents.ts';
import { ModelPicker } from './model-picker.tsx';
import { Notices } from './notices.tsx';
import { useCompareSearch, useComparison } from './use-comparison.ts';

// The library that draws is loaded beside the table, not before it.
const PriceChart = lazy(async () => {
  const { PriceChart: component } = await import('./price-chart.tsx');
  return { default: component };
});

export function ComparePage() {
  const { t } = useTranslation();
  const { search, update } = useCompareSearch();
  const comparison = useComparison(search);
  const { models, error } = comparison;
  const picker = useRef<{ focus: () => void }>(null);
  usePageTitle(t('compare.title'));

  const { models: named, chart, among, currency } = search;
  const shownIds = useMemo(
    () => (models ?? []).map(({ databaseId }) => String(databaseId)),
    [models],
  );
  const set = useCallback((ids: readonly string[]) => update({ models: [...ids] }), [update]);
  const move = useCallback(
    (id: number, by: -1 | 1) => {
      const next = shownIds.filter((each) => each !== String(id));
      next.splice(shownIds.indexOf(String(id)) + by, 0, String(id));
      set(next);
    },
    [shownIds, set],
  );
  const remove = useCallback(
    (id: number) => {
      set(named.filter((each) => each !== String(id)));
      // What had the focus is gone.
      picker.current?.focus();
    },
    [named, set],
  );

  return (
    <div className="page compare">
      <div className="compare-top">
        <h1>{t('compare.title')}</h1>
        <ShowQuery href={graphiqlLink(CompareDocument, comparison.variables)} />
      </div>
      <div className="compare-bar">
        <ModelPicker ref={picker} chosen={shownIds} onAdd={(id) => set([...shownIds, id])} />
        {models && models.length > 1 && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the switch in it is a control
          <label className="compare-switch">
            <Switch
              size="small"
              checked={search.differences}
              onChange={(differences) => update({ differences }, { replace: true })}
            />
            {t('compare.onlyDifferences')}
          </label>
        )}
      </div>
      <Notices comparison={comparison} onTidy={() => set(shownIds)} />
      {error && !models ? (
        <Failure error={error} retry={comparison.refresh} />
      ) : models === undefined ? (
        <Loading title={false} paragraph={{ rows: 14 }} />
      ) : models.length === 0 ? (
        <Empty
          className="compare-card compare-empty"
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={t('compare.empty')}
        />
      ) : (
        <>
          {models.length === 1 && <p className="muted">{t('compare.another')}</p>}
          <CompareTable
            models={models}
            onlyDifferences={search.differences && models.length > 1}
            onMove={move}
            onRemove={remove}
          />
          <Calculator models={models} search={search} update={update} />
          <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 8 }} />}>
            <PriceChart {...{ models, chart, among, currency, update }} />
          </Suspense>
        </>
      )}
    </div>
  );
}
