import { useBlocker } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface LeaveGuard {
  /** Does it, if need be after asking: for what closes a dialog. */
  leave(then: () => void): void;
  /** Nothing is unsaved any more: for who saves and then goes somewhere else. */
  release(): void;
  /** The question, to be rendered where it is asked. */
  question: ReactNode;
}

/**
 * Asks before unsaved input is lost: by a link, by the browser's way back, by closing the tab (there
 * the browser asks in its own words) or, through `leave`, by closing a dialog.
 */
export function useLeaveGuard(isDirty: boolean): LeaveGuard {
  const isReleased = useRef(false);
  const [then, setThen] = useState<() => void>();
  const holds = () => isDirty && !isReleased.current;
  const blocker = useBlocker({
    shouldBlockFn: holds,
    enableBeforeUnload: holds,
    withResolver: true,
  });
  const isBlocked = blocker.status === 'blocked';
  const stay = () => {
    setThen(undefined);
    blocker.reset?.();
  };
  const discard = () => {
    setThen(undefined);
    if (isBlocked) {
      blocker.proceed();
    } else {
      then?.();
    }
  };
  return {
    leave(next) {
      if (holds()) {
        setThen(() => next);
      } else {
        next();
      }
    },
    release: useCallback(() => {
      isReleased.current = true;
    }, []),
    question: <Question isOpen={isBlocked || then !== undefined} stay={stay} discard={discard} />,
  };
}

function Question(props: { isOpen: boolean; stay: () => void; discard: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={props.isOpen}
      title={t('forms.leave.title')}
      onCancel={props.stay}
      width={420}
      destroyOnHidden
      footer={[
        <Button key="discard" danger onClick={props.discard}>
          {t('forms.leave.discard')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={props.stay}>
          {t('forms.leave.stay')}
        </Button>,
      ]}
    >
      <p>{t('forms.leave.detail')}</p>
    </Modal>
  );
}
