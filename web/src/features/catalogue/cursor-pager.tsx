import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';

interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor?: string | null;
  endCursor?: string | null;
}

interface Place {
  page: number;
  after: string;
  before: string;
}

/** From page to page by the cursors of its ends. A list of one page has none. */
export function CursorPager(props: {
  pageInfo: PageInfo | undefined;
  page: number;
  size: number;
  total: number | undefined;
  onTurn: (place: Place) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pageInfo, page, size, total, onTurn } = props;
  if (!pageInfo?.hasNextPage && !pageInfo?.hasPreviousPage) {
    return null;
  }
  const pages = total === undefined ? undefined : Math.max(1, Math.ceil(total / size));
  const back = () =>
    onTurn(
      page <= 2
        ? { page: 1, after: '', before: '' }
        : { page: page - 1, after: '', before: pageInfo.startCursor ?? '' },
    );
  return (
    <nav className="cursor-pager" aria-label={t('models.pager.title')}>
      <span className="muted">
        {pages !== undefined &&
          t('models.pager.place', {
            page: format.number(Math.min(page, pages)),
            pages: format.number(pages),
          })}
      </span>
      <Button
        size="small"
        icon={<LeftOutlined aria-hidden />}
        disabled={!pageInfo.hasPreviousPage}
        onClick={back}
      >
        {t('models.pager.back')}
      </Button>
      <Button
        size="small"
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        disabled={!pageInfo.hasNextPage}
        onClick={() => onTurn({ page: page + 1, after: pageInfo.endCursor ?? '', before: '' })}
      >
        {t('models.pager.on')}
      </Button>
    </nav>
  );
}
