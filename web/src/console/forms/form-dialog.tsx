import { Button, Modal } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../use-focus-back.ts';
import { EditingForm } from './editing-form.tsx';
import { type EditingOptions, useEditing } from './use-editing.tsx';

interface Props<V extends object> extends EditingOptions<V> {
  title: string;
  children: ReactNode;
  onClose: () => void;
  saveLabel?: string;
  /** What saving does can't be overlooked, such as deleting. */
  isDanger?: boolean;
  width?: number;
}

/**
 * A form in a dialog, there as long as it is rendered. It can be left by Escape, which asks if
 * something is unsaved, and gives the focus back to where it came from.
 */
export function FormDialog<V extends object>(props: Props<V>) {
  const { t } = useTranslation();
  const editing = useEditing(props);
  const body = useRef<HTMLDivElement>(null);
  usePageOutOfReach();
  useFocusBack();
  const close = () => {
    if (!editing.isBusy) {
      editing.guard.leave(props.onClose);
    }
  };
  return (
    <Modal
      open
      title={<bdi>{props.title}</bdi>}
      width={props.width ?? 640}
      onCancel={close}
      // A click beside it is too easily made to close what is being typed into.
      mask={{ closable: false }}
      footer={null}
      afterOpenChange={(isOpen) => {
        // Who was quicker than the dialog types already.
        if (isOpen && !body.current?.contains(document.activeElement)) {
          body.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
        }
      }}
    >
      <div ref={body}>
        <EditingForm
          editing={editing}
          actions={
            <>
              <Button onClick={close}>{t('forms.cancel')}</Button>
              <Button
                type="primary"
                danger={props.isDanger ?? false}
                disabled={props.isReady === false}
                htmlType="submit"
                loading={editing.isBusy}
              >
                {props.saveLabel ?? t('forms.save')}
              </Button>
            </>
          }
        >
          {props.children}
        </EditingForm>
      </div>
      {editing.conflict}
      {editing.guard.question}
    </Modal>
  );
}

/** Keeps the page below out of reach, for screen readers too, as long as the component is there. */
function usePageOutOfReach(): void {
  useEffect(() => {
    const page = document.getElementById('console');
    page?.toggleAttribute('inert', true);
    return () => {
      page?.toggleAttribute('inert', false);
    };
  }, []);
}
