import './forms.css';

import { Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { prose, rule } from './rules.ts';

export function DescriptionField({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item className="form-wide" name="description" label={label} rules={[rule(prose, t)]}>
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
    </Form.Item>
  );
}

/** Why something is changed, which the history keeps. */
export function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      className="form-wide"
      name="reason"
      label={t('forms.reason')}
      extra={t('forms.reasonHint')}
      rules={[rule(prose, t)]}
    >
      <Input autoComplete="off" />
    </Form.Item>
  );
}

/** What forms of small things end with. */
export function LastFields({ label }: { label: (key: 'description' | 'isActive') => string }) {
  return (
    <>
      <DescriptionField label={label('description')} />
      <Form.Item className="form-wide" name="isActive" valuePropName="checked">
        <Checkbox>{label('isActive')}</Checkbox>
      </Form.Item>
      <ReasonField />
    </>
  );
}
