import { Segmented } from 'antd';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { parseAmount, parseTokens, writeTokens } from './amounts.ts';
import { CategorySelect } from './category-select.tsx';
import { FacetChecks, FacetSelect } from './facet-filters.tsx';
import { RangeFilter } from './range-filter.tsx';
import { type Conditions, conditionsOf, STAGES, TYPES } from './search.ts';
import type { Facets } from './use-facets.ts';
import { useModelsSearch } from './use-models-search.ts';

const ACTIVES = ['any', 'yes', 'no'] as const;
const FREE = ['any', 'without', 'only'] as const;
const DELETIONS = ['exclude', 'include', 'only'] as const;
const itself = (value: string) => value;

export function FilterPanel({ facets }: { facets: Facets }) {
  const { search, update } = useModelsSearch();
  const key = JSON.stringify(conditionsOf(search));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the panel shows
  const conditions = useMemo(() => conditionsOf(search), [key]);
  return <Panel facets={facets} search={conditions} update={update} />;
}

// What sorts and pages leaves the filters as they are; to render them takes as long as a page of rows.
const Panel = memo(function Panel(props: {
  facets: Facets;
  search: Conditions;
  update: (patch: Partial<Conditions>) => void;
}) {
  const { t } = useTranslation();
  const { facets, search, update } = props;
  const { counts } = facets;
  return (
    <div className="filters" aria-busy={facets.isLoading}>
      <FacetSelect
        label={t('models.filters.supplier')}
        counts={counts.supplier}
        isLoading={facets.isLoading}
        value={search.supplier}
        onChange={(supplier) => update({ supplier })}
      />
      <CategorySelect />
      <FacetSelect
        label={t('models.filters.capability')}
        hint={t('models.filters.allOf')}
        counts={counts.capability}
        isLoading={facets.isLoading}
        value={search.capability}
        onChange={(capability) => update({ capability })}
      />
      <FacetChecks
        label={t('models.filters.type')}
        counts={counts.type}
        options={TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
        value={search.type}
        onChange={(type) => update({ type })}
      />
      <FacetSelect
        label={t('models.filters.subType')}
        counts={counts.subType}
        isLoading={facets.isLoading}
        value={search.subType}
        onChange={(subType) => update({ subType })}
      />
      <FacetChecks
        label={t('models.filters.stage')}
        counts={counts.stage}
        options={STAGES.map((value) => ({ value, label: t(`stages.${value}`) }))}
        value={search.stage}
        onChange={(stage) => update({ stage })}
      />
      <RangeFilter
        label={t('models.filters.context')}
        unit={t('models.filters.tokens')}
        example={['32k', '1M']}
        least={search.minContext}
        most={search.maxContext}
        parse={parseTokens}
        write={writeTokens}
        onChange={(minContext, maxContext) => update({ minContext, maxContext })}
      />
      <RangeFilter
        label={t('models.filters.input')}
        unit={t('models.filters.perMillion')}
        example={['0', '3']}
        least={search.minInput}
        most={search.maxInput}
        parse={parseAmount}
        write={itself}
        onChange={(minInput, maxInput) => update({ minInput, maxInput })}
      />
      <RangeFilter
        label={t('models.filters.output')}
        unit={t('models.filters.perMillion')}
        example={['0', '15']}
        least={search.minOutput}
        most={search.maxOutput}
        parse={parseAmount}
        write={itself}
        onChange={(minOutput, maxOutput) => update({ minOutput, maxOutput })}
      />
      <fieldset className="filter">
        <legend>
          {t('models.filters.free')}{' '}
          <span className="filter-hint">{t('models.filters.freeHint')}</span>
        </legend>
        <Segmented<(typeof FREE)[number]>
          block
          options={FREE.map((value) => ({ value, label: t(`models.filters.frees.${value}`) }))}
          value={search.free ?? 'any'}
          onChange={(value) => update({ free: value === 'any' ? undefined : value })}
        />
      </fieldset>
      <fieldset className="filter">
        <legend>{t('models.filters.active')}</legend>
        <Segmented<(typeof ACTIVES)[number]>
          block
          options={ACTIVES.map((value) => ({ value, label: t(`models.filters.actives.${value}`) }))}
          value={search.active ?? 'any'}
          onChange={(value) => update({ active: value === 'any' ? undefined : value })}
        />
      </fieldset>
      <fieldset className="filter">
        <legend>{t('models.filters.deleted')}</legend>
        <Segmented<(typeof DELETIONS)[number]>
          block
          options={DELETIONS.map((value) => ({
            value,
            label: t(`models.filters.deletions.${value}`),
          }))}
          value={search.deleted ?? 'exclude'}
          onChange={(value) => update({ deleted: value === 'exclude' ? undefined : value })}
        />
      </fieldset>
    </div>
  );
});
