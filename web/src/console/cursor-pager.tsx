import './cursor-pager.css';

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type PageInfo, type Place, placeAfter, placeBefore } from './address.ts';
import { useFormat } from './format.ts';

interface Paged {
  place: Place;
  /** Undefined as long as nothing of the list is there. */
  pageInfo: PageInfo | undefined;
  /** How many pages there are: null where nobody counts them, undefined as long as it isn't known. */
  pages: number | null | undefined;
  go: (place: Place) => void;
}

/** From page to page by the cursors of its ends. A list of one page has none. */
export function CursorPager(props: Paged) {
  const { place, pageInfo } = props;
  if (!pageInfo?.hasNextPage && !pageInfo?.hasPreviousPage && place.page === 1) {
    return null;
  }
  return <PagerBar {...props} />;
}

/** The same, whatever the list, with what else is chosen there. */
export function PagerBar(props: Paged & { className?: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const { place, pageInfo, pages, go } = props;
  return (
    <nav className={`cursor-pager ${props.className ?? ''}`} aria-label={t('models.pager.title')}>
      {props.children}
      <span className="cursor-pager-place muted">
        <PlaceText page={place.page} pages={pages} />
      </span>
      <Button
        size="small"
        icon={<LeftOutlined aria-hidden />}
        disabled={!pageInfo || (!pageInfo.hasPreviousPage && place.page === 1)}
        onClick={() => go(placeBefore(place, pageInfo))}
      >
        {t('models.pager.back')}
      </Button>
      <Button
        size="small"
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        disabled={!pageInfo?.hasNextPage}
        onClick={() => go(placeAfter(place, pageInfo))}
      >
        {t('models.pager.on')}
      </Button>
    </nav>
  );
}

function PlaceText({ page, pages }: { page: number; pages: number | null | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (pages === undefined) {
    return null;
  }
  return pages === null
    ? t('pager.page', { page: format.number(page) })
    : t('models.pager.place', {
        page: format.number(Math.min(page, pages)),
        pages: format.number(pages),
      });
}
