import { LockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { mayWrite, useSession } from '../session.tsx';
import { useTravel } from './as-of.tsx';
import { useAsOf } from './as-of-context.ts';

/** Where an editor looks for something to change: why there is nothing, and where there is. */
export function WhyReadOnly() {
  const { t } = useTranslation();
  const moment = useAsOf();
  const { viewer } = useSession();
  const travel = useTravel();
  return moment && mayWrite(viewer) ? (
    <p className="why-read-only muted">
      <LockOutlined aria-hidden /> {t('asOf.readOnly')}{' '}
      <Button type="link" size="small" onClick={() => travel(undefined)}>
        {t('asOf.backToChange')}
      </Button>
    </p>
  ) : null;
}
