import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isAway, knock } from './connection.ts';
import { isSlow } from './pace.ts';
import { isOutdated } from './parts.ts';
import { useSession } from './session.tsx';
import { useStore } from './store.ts';

const KNOCK_EVERY_MS = 3_000;

/** What is wrong with the whole console, above any view. The views stay as they are. */
export function Banners() {
  const { t } = useTranslation();
  const away = useStore(isAway);
  const outdated = useStore(isOutdated);
  const slow = useStore(isSlow);
  const { hasEnded, check } = useSession();

  useEffect(() => {
    if (away) {
      const timer = setInterval(() => void knock(), KNOCK_EVERY_MS);
      return () => clearInterval(timer);
    }
    return undefined;
  }, [away]);

  return (
    <div className="banners" aria-live="polite">
      {away && (
        <Alert
          banner
          type="warning"
          title={t('banners.away')}
          action={
            <Button size="small" onClick={() => void knock()}>
              {t('banners.tryNow')}
            </Button>
          }
        />
      )}
      {slow && !away && <Alert banner type="warning" title={t('banners.slow')} />}
      {outdated && !away && (
        <Alert
          banner
          type="warning"
          title={t('banners.outdated')}
          action={
            <Button size="small" onClick={() => location.reload()}>
              {t('states.reload')}
            </Button>
          }
        />
      )}
      {hasEnded && !away && (
        <Alert
          banner
          type="error"
          title={t('banners.ended')}
          action={
            <Button size="small" onClick={check}>
              {t('banners.signedIn')}
            </Button>
          }
        />
      )}
    </div>
  );
}
