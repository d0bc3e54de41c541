import { RollbackOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../console/session.tsx';
import type { RevertedFrom } from './set-reach.tsx';

// Loaded when it is first asked for.
const RevertDialog = lazy(async () => {
  const { RevertDialog: component } = await import('./revert-dialog.tsx');
  return { default: component };
});

/** Brings back what a change set changed, for those who may; the dialog says beforehand what that comes to. */
export function RevertButton(props: {
  id: string;
  isReverted: boolean;
  size?: 'small' | 'middle';
  /** What a screen reader says where many of these stand below one another. */
  label?: string;
  from?: RevertedFrom;
}) {
  const { t } = useTranslation();
  const { mayWrite } = useSession();
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const { from } = props;
  const onlyThis = from?.onlyThis;
  // What is reverted can't be once more; but what the dialog says of it stays.
  if (!mayWrite || (props.isReverted && !isOpen)) {
    return null;
  }
  return (
    <>
      <Button
        size={props.size ?? 'middle'}
        type={props.size === 'small' ? 'text' : 'default'}
        icon={<RollbackOutlined aria-hidden />}
        aria-label={props.label}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
      >
        {t('changes.revert.button')}
      </Button>
      {wasOpened && (
        <Suspense>
          <RevertDialog
            id={props.id}
            from={
              from && {
                ...from,
                onlyThis:
                  onlyThis &&
                  ((changeSet) => {
                    setOpen(false);
                    onlyThis(changeSet);
                  }),
              }
            }
            isOpen={isOpen}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
