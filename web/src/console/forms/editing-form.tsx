import './forms.css';

import { Form } from 'antd';
import { type FocusEvent, type ReactNode, useId } from 'react';
import { holdPress } from './hold-press.ts';
import { Problems } from './problems.tsx';
import type { Editing } from './use-editing.tsx';

/** The form around fields that are edited. */
export function EditingForm<V extends object>(props: {
  editing: Editing<V>;
  children: ReactNode;
  /** The buttons below it; what went wrong is told beside them. */
  actions: ReactNode;
}) {
  const { editing } = props;
  const name = useId().replace(/\W/g, '');

  /**
   * A field is judged when another one is gone to. Not when a button is: what is told below the field
   * would push the button away from under the pointer; and pressing that judges all fields anyway.
   */
  const judge = ({ target, relatedTarget }: FocusEvent) => {
    if (target.id.startsWith(`${name}_`) && relatedTarget?.matches('input, textarea')) {
      const field = target.id.slice(name.length + 1);
      void editing.form.validateFields([field] as never).catch(() => undefined);
    }
  };

  return (
    <Form<V>
      name={name}
      form={editing.form}
      layout="vertical"
      initialValues={editing.initial}
      validateTrigger={[]}
      scrollToFirstError={{ focus: true, block: 'center' }}
      onValuesChange={editing.onValuesChange}
      onFinish={editing.onFinish}
      onBlur={judge}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          editing.form.submit();
        }
      }}
    >
      {props.children}
      <Problems texts={editing.problems} />
      <footer className="form-actions" onPointerDown={holdPress}>
        {props.actions}
      </footer>
    </Form>
  );
}
