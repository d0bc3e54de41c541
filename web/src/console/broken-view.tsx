import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAway, knock } from './connection.ts';
import { Loading } from './loading.tsx';
import { isMissing, reloadOnce } from './parts.ts';
import { State } from './states.tsx';
import { useStore } from './store.ts';

/** A view that can't be shown: it could not be loaded, or has a fault of its own. */
export function BrokenView({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  if (isMissing(error)) {
    return <MissingView />;
  }
  return (
    <State
      title={t('states.broken')}
      detail={error instanceof Error ? error.message : String(error)}
      action={
        <>
          <Button onClick={reset}>{t('states.again')}</Button>
          <Reload />
        </>
      }
    />
  );
}

/** Nothing of a view that isn't there can be lost: the page is loaded again as soon as somebody answers. */
function MissingView() {
  const { t } = useTranslation();
  const away = useStore(isAway);
  const [hasKnocked, setKnocked] = useState(false);
  useEffect(() => {
    void knock().then(() => setKnocked(true));
  }, []);
  useEffect(() => {
    if (hasKnocked && !away) {
      reloadOnce();
    }
  }, [hasKnocked, away]);

  if (!hasKnocked) {
    return <Loading />;
  }
  if (away) {
    const again = <Button onClick={() => void knock()}>{t('states.again')}</Button>;
    return <State title={t('states.away')} detail={t('states.awayDetail')} action={again} />;
  }
  return (
    <State title={t('states.outdated')} detail={t('states.outdatedDetail')} action={<Reload />} />
  );
}

function Reload() {
  const { t } = useTranslation();
  return <Button onClick={() => location.reload()}>{t('states.reload')}</Button>;
}
