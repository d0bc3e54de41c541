import './forms.css';

import { Button, Form, Modal } from 'antd';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Problems } from './problems.tsx';
import { type EditingOptions, useEditing } from './use-editing.tsx';

interface Props<V extends object> extends EditingOptions<V> {
  title: string;
  children: ReactNode;
  onClose: () => void;
  saveLabel?: string;
  width?: number;
}

/**
 * A form in a dialog, there as long as it is rendered. It can be left by Escape, which asks if
 * something is unsaved, and gives the focus back to where it came from.
 */
export function FormDialog<V extends object>(props: Props<V>) {
  const { t } = useTranslation();
  const editing = useEditing(props);
  const name = useId().replace(/\W/g, '');
  const body = useRef<HTMLDivElement>(null);
  useReturnFocus();
  const close = () => {
    if (!editing.isBusy) {
      editing.guard.leave(props.onClose);
    }
  };
  return (
    <Modal
      open
      title={props.title}
      width={props.width ?? 640}
      onCancel={close}
      // A click beside it is too easily made to close what is being typed into.
      mask={{ closable: false }}
      footer={null}
      afterOpenChange={(isOpen) => {
        if (isOpen) {
          body.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
        }
      }}
    >
      <div ref={body}>
        <Form<V>
          name={name}
          form={editing.form}
          layout="vertical"
          initialValues={editing.initial}
          validateTrigger="onBlur"
          scrollToFirstError={{ focus: true }}
          onValuesChange={editing.onValuesChange}
          onFinish={editing.onFinish}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              editing.form.submit();
            }
          }}
        >
          <Problems texts={editing.problems} />
          {props.children}
          <footer className="form-actions">
            <Button onClick={close}>{t('forms.cancel')}</Button>
            <Button type="primary" htmlType="submit" loading={editing.isBusy}>
              {props.saveLabel ?? t('forms.save')}
            </Button>
          </footer>
        </Form>
      </div>
      {editing.conflict}
      {editing.guard.question}
    </Modal>
  );
}

/** Gives the focus back to what had it, if that is still there, when the component goes. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      // The dialog's own keeping of the focus ends after it is gone.
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement && before.isConnected) {
          before.focus();
        }
      });
    };
  }, []);
}
