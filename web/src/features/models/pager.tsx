import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { PAGE_SIZES } from './search.ts';
import type { Models } from './use-models.ts';
import { useModelsSearch } from './use-models-search.ts';

/** From page to page by the cursors of its ends, which stay right while rows come and go. */
export function Pager({ models, total }: { models: Models; total: number | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { search, update } = useModelsSearch();
  const { pageInfo } = models;
  const pages = total === undefined ? undefined : Math.max(1, Math.ceil(total / search.size));
  const back = () =>
    update(search.page <= 2 ? {} : { page: search.page - 1, before: pageInfo?.startCursor ?? '' });
  return (
    <nav className="pager" aria-label={t('models.pager.title')}>
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
      <span className="pager-place">
        {pages !== undefined &&
          t('models.pager.place', {
            page: format.number(Math.min(search.page, pages)),
            pages: format.number(pages),
          })}
      </span>
      <Button
        size="small"
        icon={<LeftOutlined aria-hidden />}
        disabled={!pageInfo?.hasPreviousPage}
        onClick={back}
      >
        {t('models.pager.back')}
      </Button>
      <Button
        size="small"
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        disabled={!pageInfo?.hasNextPage}
        onClick={() => update({ page: search.page + 1, after: pageInfo?.endCursor ?? '' })}
      >
        {t('models.pager.on')}
      </Button>
    </nav>
  );
}
