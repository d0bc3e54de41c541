import './compare.css';

import { Empty, Skeleton, Switch } from 'antd';
import { lazy, Suspense, useRef } from 'react';
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

  const shownIds = (models ?? []).map(({ databaseId }) => String(databaseId));
  const set = (ids: readonly string[]) => update({ models: [...ids] });
  const move = (id: number, by: -1 | 1) => {
    const next = shownIds.filter((each) => each !== String(id));
    next.splice(shownIds.indexOf(String(id)) + by, 0, String(id));
    set(next);
  };
  const remove = (id: number) => {
    set(search.models.filter((each) => each !== String(id)));
    // What had the focus is gone.
    picker.current?.focus();
  };

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
            <PriceChart models={models} search={search} update={update} />
          </Suspense>
        </>
      )}
    </div>
  );
}
