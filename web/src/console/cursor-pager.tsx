import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { FIRST_PAGE, type Place } from './address.ts';
import { useFormat } from './format.ts';

interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor?: string | null | undefined;
  endCursor?: string | null | undefined;
}

/** From page to page by the cursors of its ends. A list of one page has none. */
export function CursorPager(props: {
  place: Place;
  pageInfo: PageInfo | undefined;
  /** How many pages there are, where that is known. */
  pages?: number;
  go: (place: Place) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { place, pageInfo, pages, go } = props;
  if (!pageInfo?.hasNextPage && !pageInfo?.hasPreviousPage && place.page === 1) {
    return null;
  }
  const back = () =>
    go(
      place.page <= 2
        ? FIRST_PAGE
        : { page: place.page - 1, after: '', before: pageInfo?.startCursor ?? '' },
    );
  const on = () => go({ page: place.page + 1, after: pageInfo?.endCursor ?? '', before: '' });
  return (
    <nav className="cursor-pager" aria-label={t('models.pager.title')}>
      <span className="muted">
        {pages === undefined
          ? t('pager.page', { page: format.number(place.page) })
          : t('models.pager.place', {
              page: format.number(Math.min(place.page, pages)),
              pages: format.number(pages),
            })}
      </span>
      <Button
        size="small"
        icon={<LeftOutlined aria-hidden />}
        disabled={!pageInfo?.hasPreviousPage && place.page === 1}
        onClick={back}
      >
        {t('models.pager.back')}
      </Button>
      <Button
        size="small"
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        disabled={!pageInfo?.hasNextPage}
        onClick={on}
      >
        {t('models.pager.on')}
      </Button>
    </nav>
  );
}
