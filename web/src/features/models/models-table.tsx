import { Link } from '@tanstack/react-router';
import { Button, Empty } from 'antd';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsOf } from '../../console/as-of/as-of-context.ts';
import { type Column, DataTable } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { Loading } from '../../console/loading.tsx';
import { useSession } from '../../console/session.tsx';
import { useNarrow } from '../../console/use-narrow.ts';
import { Checkbox } from './checkbox.tsx';
import { type ColumnName, createColumns, SORT_OF } from './columns.tsx';
import type { ModelRow } from './documents.ts';
import { NarrowRow } from './narrow-row.tsx';
import { countConditions, withoutConditions } from './search.ts';
import type { Models } from './use-models.ts';
import { useModelsSearch } from './use-models-search.ts';
import { usePlace } from './use-place.ts';
import type { Selection } from './use-selection.ts';

interface Props {
  models: Models;
  isBusy: boolean;
  columns: readonly ColumnName[];
  selection: Selection;
}

const keyOf = (row: ModelRow) => row.id;

export function ModelsTable({ models, isBusy, columns, selection }: Props) {
  const { t } = useTranslation();
  const { search, update } = useModelsSearch();
  const shown = useShownColumns(columns);
  const { rows } = models;
  const leading = useCheckboxes(rows, selection);
  const { box, keep } = usePlace(search, rows !== undefined);

  if (rows === undefined) {
    return (
      <Loading
        className="models-table models-loading"
        title={false}
        paragraph={{ rows: 14, width: '100%' }}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <div className="models-table models-empty" aria-busy={isBusy}>
        <NoRows />
      </div>
    );
  }
  const sorted = columns.find((name) => SORT_OF[name] === search.sort);
  return (
    <div ref={box} className="models-table" aria-busy={isBusy} onScroll={keep}>
      <DataTable<ModelRow>
        label={t('models.title')}
        columns={shown}
        rows={rows}
        keyOf={keyOf}
        sorting={{
          key: sorted,
          descending: search.descending,
          onSort: (key) =>
            update({
              sort: SORT_OF[key as ColumnName] ?? 'name',
              descending: key === sorted && !search.descending,
            }),
        }}
        leading={leading}
        isChosen={(row) => selection.has(row.id)}
      />
    </div>
  );
}

function useCheckboxes(rows: readonly ModelRow[] | undefined, selection: Selection) {
  const { t } = useTranslation();
  const { isFull, toggle } = selection;
  const cell = useCallback(
    (row: ModelRow, isChosen: boolean) => (
      <Checkbox
        aria-label={t('models.bulk.select', { name: row.displayName ?? row.name })}
        checked={isChosen}
        disabled={isFull && !isChosen}
        onChange={({ target }) => toggle([row], target.checked)}
      />
    ),
    [t, isFull, toggle],
  );
  const chosen = (rows ?? []).filter(({ id }) => selection.has(id)).length;
  return {
    head: (
      <Checkbox
        aria-label={t('models.bulk.all')}
        checked={chosen > 0 && chosen === rows?.length}
        indeterminate={chosen > 0 && chosen !== rows?.length}
        onChange={({ target }) => toggle(rows ?? [], target.checked)}
      />
    ),
    cell,
  };
}

/** The columns that were chosen; where there is no room for a table, one that says all of it. */
function useShownColumns(names: readonly ColumnName[]): Column<ModelRow>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrow();
  return useMemo(() => {
    const looks = createColumns(t, format);
    if (isNarrow) {
      const render = (row: ModelRow) => <NarrowRow row={row} names={names} looks={looks} />;
      return [{ key: 'model', title: t('models.columns.model'), isSortable: true, render }];
    }
    return names.map((name) => ({
      key: name,
      title: t(`models.columns.${name}`),
      isSortable: SORT_OF[name] !== undefined,
      ...looks[name],
    }));
  }, [names, t, format, isNarrow]);
}

function NoRows() {
  const { t } = useTranslation();
  const { search, go } = useModelsSearch();
  const { mayWrite } = useSession();
  const moment = useAsOf();
  if (countConditions(search) === 0 && moment) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('asOf.noModels')} />;
  }
  if (countConditions(search) === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('models.empty.none')}>
        <p className="muted">{t('models.empty.import')}</p>
        <code>modelry import models-dev api.json</code>
        {mayWrite && (
          <p>
            <Link to="/import">{t('palette.toImport')}</Link>
          </p>
        )}
      </Empty>
    );
  }
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('models.empty.noneSuch')}>
      <Button onClick={() => go(withoutConditions(search))}>{t('models.filters.clear')}</Button>
    </Empty>
  );
}
