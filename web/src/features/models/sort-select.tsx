import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { COLUMNS, SORT_OF } from './columns.tsx';
import { useModelsSearch } from './use-models-search.ts';

/** Sorting where there are no heads of columns to press. */
export function SortSelect() {
  const { t } = useTranslation();
  const { search, update } = useModelsSearch();
  const options = COLUMNS.flatMap((name) => {
    const sort = SORT_OF[name];
    return sort === undefined
      ? []
      : ([false, true] as const).map((descending) => ({
          value: `${sort} ${descending}`,
          label: t(descending ? 'models.sort.down' : 'models.sort.up', {
            column: t(`models.columns.${name}`),
          }),
          choice: { sort, descending },
        }));
  });
  return (
    <Select
      className="models-sort"
      aria-label={t('models.sort.title')}
      options={options}
      value={`${search.sort} ${search.descending}`}
      onChange={(_, option) => !Array.isArray(option) && option && update(option.choice)}
    />
  );
}
