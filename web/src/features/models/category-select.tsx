import { Select } from 'antd';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useFormat } from '../../console/format.ts';
import { CategoriesDocument } from './documents.ts';
import { conditionsOf } from './search.ts';
import { useModelsSearch } from './use-models-search.ts';
import { whereOf } from './where.ts';

/** A category with all that is below it. */
export function CategorySelect() {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const { search, update } = useModelsSearch();
  const [wasOpened, setWasOpened] = useState(false);
  const variables = useMemo(() => ({ where: whereOf(conditionsOf(search), 'category') }), [search]);
  const [{ data, fetching }] = useQuery({
    query: CategoriesDocument,
    variables,
    // Counting every subtree is the dearest count: only for who looks, or has chosen.
    pause: !wasOpened && search.category === '',
  });
  const options = (data?.categories.nodes ?? []).map((category) => ({
    value: category.path,
    label: category.displayName,
    sought: `${category.displayName} ${category.path}`.toLowerCase(),
    depth: category.depth,
    count: category.models.totalCount,
  }));
  return (
    <div className="filter">
      <label htmlFor={id}>{t('models.filters.category')}</label>
      <Select
        id={id}
        showSearch={{ optionFilterProp: 'sought' }}
        allowClear
        placeholder={t('models.filters.any')}
        aria-label={t('models.filters.category')}
        loading={fetching}
        notFoundContent={fetching ? t('states.loading') : undefined}
        popupMatchSelectWidth={280}
        options={options}
        optionRender={({ data: option }) => (
          <span className="option">
            <span className="option-label" style={{ paddingInlineStart: option.depth * 16 }}>
              {option.label}
            </span>
            <span className="option-count">{format.number(option.count)}</span>
          </span>
        )}
        onOpenChange={(open) => open && setWasOpened(true)}
        value={search.category || null}
        onChange={(category) => update({ category: category ?? '' })}
      />
    </div>
  );
}
