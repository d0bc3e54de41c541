import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { prose, rule } from '../../../console/forms/rules.ts';

/** Why something is changed, which the history keeps. */
export function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('forms.reason')}
      extra={t('forms.reasonHint')}
      rules={[rule(prose, t)]}
    >
      <Input autoComplete="off" />
    </Form.Item>
  );
}
