import './model-form.css';

import { Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  display,
  freeName,
  partialDate,
  prose,
  required,
  rule,
  snakeCase,
} from '../../../console/forms/rules.ts';
import { ModelType } from '../../../gql/graphql.ts';
import { LifecycleFields } from './lifecycle-fields.tsx';
import type { ModelValues } from './model-values.ts';

/** A model's own fields, of a new one or of one that is changed. */
export function ModelFields(props: {
  /** What it was, if it isn't new. */
  before?: (ModelValues & { id: string; isDefault: boolean }) | undefined;
}) {
  const { t } = useTranslation();
  const { before } = props;
  return (
    <>
      <Form.Item<ModelValues>
        name="name"
        label={t('editing.model.name')}
        extra={t('editing.model.nameHint')}
        rules={[required(t), rule(freeName, t)]}
      >
        <Input className="mono" autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item<ModelValues>
        name="displayName"
        label={t('editing.model.displayName')}
        rules={[rule(display, t)]}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item<ModelValues>
        name="description"
        label={t('editing.model.description')}
        rules={[rule(prose, t)]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
      <div className="form-grid">
        <Form.Item<ModelValues>
          name="modelType"
          label={t('editing.model.type')}
          rules={[required(t)]}
        >
          <Select
            options={Object.values(ModelType).map((value) => ({
              value,
              label: t(`types.${value.toLowerCase() as Lowercase<ModelType>}`),
            }))}
          />
        </Form.Item>
        <Form.Item<ModelValues>
          name="subType"
          label={t('editing.model.subType')}
          extra={t('editing.model.subTypeHint')}
          rules={[rule(snakeCase, t)]}
        >
          <Input className="mono" autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item<ModelValues>
          name="releasedOn"
          label={t('editing.model.releasedOn')}
          extra={t('editing.model.partial')}
          rules={[rule(partialDate, t)]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item<ModelValues>
          name="knowledgeCutoff"
          label={t('editing.model.cutoff')}
          extra={t('editing.model.partial')}
          rules={[rule(partialDate, t)]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <LifecycleFields before={before} />
        <Form.Item<ModelValues>
          name="isActive"
          label={t('editing.model.isActive')}
          extra={t('editing.model.isActiveHint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
      </div>
    </>
  );
}
