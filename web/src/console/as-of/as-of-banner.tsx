import { HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { useTravel } from './as-of.tsx';
import { useAsOf } from './as-of-context.ts';
import { isBefore, useFirstRecord } from './use-records.ts';

/** Says, above every view and to who can't see it, that this is the past; and when it no longer is. */
export function AsOfBanner() {
  const { t } = useTranslation();
  const moment = useAsOf();
  const [wasAway, setWasAway] = useState(false);
  useEffect(() => {
    if (moment) {
      setWasAway(true);
    }
  }, [moment]);
  return (
    <div role="status">
      {moment ? (
        <Past moment={moment} />
      ) : (
        wasAway && <span className="hidden">{t('asOf.returned')}</span>
      )}
    </div>
  );
}

function Past({ moment }: { moment: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const travel = useTravel();
  const first = useFirstRecord();
  const isTooEarly = first !== undefined && isBefore(moment, first);
  return (
    <div className="as-of-banner">
      <HistoryOutlined aria-hidden />
      <p>
        <strong>
          {t('asOf.banner')} <time dateTime={moment}>{format.second(moment)}</time>
        </strong>
        {' · '}
        {isTooEarly
          ? t('asOf.tooEarly', { first: format.second(first) })
          : t('asOf.nothingToWrite')}
      </p>
      <span className="as-of-actions">
        {isTooEarly && (
          <Button size="small" onClick={() => travel(first)}>
            {t('asOf.toFirst')}
          </Button>
        )}
        <Button size="small" onClick={() => travel(undefined)}>
          {t('asOf.back')}
        </Button>
      </span>
    </div>
  );
}
