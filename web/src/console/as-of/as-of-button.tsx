import { HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { OnDemand } from '../on-demand.tsx';
import { loadPart } from '../parts.ts';
import { useStore } from '../store.ts';
import { useAsOf } from './as-of-context.ts';
import { isDialogOpen } from './dialog-store.ts';

// Loaded when it is first asked for.
const AsOfDialog = lazy(async () => {
  const { AsOfDialog: component } = await loadPart(() => import('./as-of-dialog.tsx'));
  return { default: component };
});

const close = () => isDialogOpen.set(false);

/** Which time is shown, and the way to another one. */
export function AsOfButton() {
  const { t } = useTranslation();
  const format = useFormat();
  const moment = useAsOf();
  const isOpen = useStore(isDialogOpen);
  const shown = moment ? format.moment(moment) : t('asOf.now');
  return (
    <>
      <Button
        type={moment ? 'primary' : 'text'}
        icon={<HistoryOutlined aria-hidden />}
        aria-label={t('asOf.button', { shown })}
        aria-haspopup="dialog"
        onClick={() => isDialogOpen.set(true)}
      >
        {/* The banner tells the moment. */}
        {!moment && <span className="wide">{shown}</span>}
      </Button>
      {isOpen && (
        <OnDemand onMissing={close}>
          <AsOfDialog onClose={close} />
        </OnDemand>
      )}
    </>
  );
}
