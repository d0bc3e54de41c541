import './bulk.css';
import './filters.css';
import './models.css';

import { FilterOutlined, PlusOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WhyReadOnly } from '../../console/as-of/why-read-only.tsx';
import { useFormat } from '../../console/format.ts';
import { graphiqlLink } from '../../console/graphiql-link.ts';
import { LazyDrawer } from '../../console/lazy-drawer.tsx';
import type { Subject } from '../../console/live/follow.ts';
import { useLive } from '../../console/live/use-live.ts';
import { SearchField } from '../../console/search-field.tsx';
import { useSession } from '../../console/session.tsx';
import { ShowQuery } from '../../console/show-query.tsx';
import { Failure, usePageTitle } from '../../console/states.tsx';
import { useNarrow } from '../../console/use-narrow.ts';
import { ActiveFilters } from './active-filters.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { BulkReport } from './bulk-report.tsx';
import { ColumnPicker, useColumns } from './column-picker.tsx';
import { ModelsDocument } from './documents.ts';
import { DownloadMenu } from './download-menu.tsx';
import { FilterPanel } from './filter-panel.tsx';
import { lastSearch } from './last-search.ts';
import { ModelsTable } from './models-table.tsx';
import { Pager } from './pager.tsx';
import { countConditions } from './search.ts';
import { SortSelect } from './sort-select.tsx';
import { useBulk } from './use-bulk.ts';
import { useFacets } from './use-facets.ts';
import { useModels } from './use-models.ts';
import { useModelsSearch } from './use-models-search.ts';
import { useSelection } from './use-selection.ts';
import { countWhole } from './whole.ts';

/** What the table shows something of. */
const SHOWN: Subject = {
  types: [
    'MODEL',
    'MODEL_PARAMETER',
    'MODEL_PRICE',
    'MODEL_CAPABILITY',
    'MODEL_CATEGORY',
    'SUPPLIER',
  ],
};

export function ModelsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { mayWrite } = useSession();
  const navigate = useNavigate();
  const { search, update } = useModelsSearch();
  const [areFiltersOpen, setFiltersOpen] = useState(false);
  // What was pressed shows at once, and the rows of a whole page right after it.
  const shown = useDeferredValue(search);
  const models = useModels(shown);
  const facets = useFacets(shown);
  const columns = useColumns();
  const selection = useSelection(models.rows);
  // It takes longer to count than to read a page.
  const total = countWhole(models, shown) ?? facets.total;
  const { refresh } = models;
  const { refresh: recount } = facets;
  const readAnew = useCallback(() => {
    refresh();
    recount();
  }, [refresh, recount]);
  const bulk = useBulk(selection, readAnew);
  // What was chosen stays as it was when it was: what others change meanwhile is a conflict.
  useLive(SHOWN, { refresh: readAnew, isHeld: selection.rows.length > 0 });
  usePageTitle(t('models.title'));
  useEffect(() => lastSearch.set(search), [search]);
  const isNarrow = useNarrow();
  const chosen = countConditions(search);

  return (
    <div className="models">
      <aside className="models-filters" aria-label={t('models.filters.title')}>
        <FilterPanel facets={facets} />
      </aside>
      <section className="models-main" aria-labelledby="models-title">
        <div className="models-head">
          <h1 id="models-title">{t('models.title')}</h1>
          <span className="muted models-count" role="status" aria-busy={facets.isLoading}>
            {total !== undefined &&
              t('models.count', { count: total, shown: format.number(total) })}
          </span>
          <WhyReadOnly />
        </div>
        <div className="models-tools">
          <SearchField
            label={t('models.search')}
            value={search.q}
            onChange={(q, options) => update({ q }, options)}
          />
          <Button
            className="models-filters-button"
            icon={<FilterOutlined aria-hidden />}
            onClick={() => setFiltersOpen(true)}
          >
            {chosen ? t('models.filters.some', { count: chosen }) : t('models.filters.title')}
          </Button>
          {isNarrow && <SortSelect />}
          <ColumnPicker columns={columns} />
          <DownloadMenu search={search} total={total} />
          {mayWrite && (
            <Button
              icon={<PlusOutlined aria-hidden />}
              onClick={() => void navigate({ to: '/models/new' })}
            >
              {t('views.newModel')}
            </Button>
          )}
          <ShowQuery href={graphiqlLink(ModelsDocument, models.variables)} />
        </div>
        <ActiveFilters facets={facets} />
        {models.error && models.rows === undefined ? (
          <Failure
            error={models.error}
            retry={models.refresh}
            wayOut={
              (search.after || search.before) && (
                <Button onClick={() => update({})}>{t('states.firstPage')}</Button>
              )
            }
          />
        ) : (
          <>
            <ModelsTable
              models={models}
              isBusy={models.isLoading || shown !== search}
              columns={columns.shown}
              selection={selection}
            />
            <Pager models={models} total={total} />
          </>
        )}
        {(bulk.report || selection.rows.length > 0) && (
          <div className="bulk-stack">
            {bulk.report && <BulkReport bulk={bulk} report={bulk.report} />}
            {selection.rows.length > 0 && (
              <BulkBar selection={selection} bulk={bulk} mayWrite={mayWrite} />
            )}
          </div>
        )}
      </section>
      <LazyDrawer
        title={t('models.filters.title')}
        placement="left"
        size={320}
        open={areFiltersOpen}
        onClose={() => setFiltersOpen(false)}
        footer={
          <Button type="primary" block onClick={() => setFiltersOpen(false)}>
            {total === undefined
              ? t('models.filters.done')
              : t('models.filters.show', {
                  count: total,
                  shown: format.number(total),
                })}
          </Button>
        }
      >
        {areFiltersOpen && <FilterPanel facets={facets} />}
      </LazyDrawer>
    </div>
  );
}
