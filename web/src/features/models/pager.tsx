import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { countPages } from '../../console/address.ts';
import { PagerBar } from '../../console/cursor-pager.tsx';
import { PAGE_SIZES } from './search.ts';
import type { Models } from './use-models.ts';
import { useModelsSearch } from './use-models-search.ts';

/** From page to page, and how much is on one. */
export function Pager({ models, total }: { models: Models; total: number | undefined }) {
  const { t } = useTranslation();
  const { search, update } = useModelsSearch();
  return (
    <PagerBar
      className="models-pager"
      place={search}
      pageInfo={models.pageInfo}
      pages={countPages(total, search.size)}
      go={update}
    >
      <Select
        size="small"
        aria-label={t('models.pager.size')}
        options={PAGE_SIZES.map((value) => ({
          value,
          label: t('models.pager.rows', { count: value }),
        }))}
        value={search.size}
        onChange={(size) => update({ size })}
      />
    </PagerBar>
  );
}
