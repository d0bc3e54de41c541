import { Form, Input, Radio, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { prose, required, rule, snakeCase } from '../../../console/forms/rules.ts';
import { ParameterType } from '../../../gql/graphql.ts';
import {
  isNumeric,
  type ParameterField,
  type ParameterValues,
  readParameter,
} from './parameter-input.ts';

export const EMPTY_PARAMETER: ParameterValues = {
  name: '',
  type: 'INT',
  value: '',
  minimum: '',
  maximum: '',
  allowed: '',
  isDefault: false,
  description: '',
};

/** The fields of a parameter, which change with its type. */
export function ParameterFields(props: {
  taken: readonly string[];
  before: ParameterValues | undefined;
}) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ParameterValues>();
  const type = Form.useWatch<ParameterType | undefined>('type') ?? props.before?.type ?? 'INT';
  /** What is wrong with one field, which may depend on the others. */
  const judge = (field: ParameterField) => ({
    validator: () => {
      const values = { ...EMPTY_PARAMETER, ...form.getFieldsValue(true) } as ParameterValues;
      const { before } = props;
      const isUntouched =
        before !== undefined &&
        (['type', 'value', 'minimum', 'maximum', 'allowed'] as const).every(
          (name) => values[name] === before[name],
        );
      const problem = isUntouched ? undefined : readParameter(values, t).problems[field];
      return problem === undefined ? Promise.resolve() : Promise.reject(new Error(problem));
    },
  });
  return (
    <>
      <div className="form-grid">
        <Form.Item<ParameterValues>
          name="name"
          label={t('editing.parameters.name')}
          rules={[
            required(t),
            rule(snakeCase, t),
            rule(
              (name) =>
                props.taken.includes(name) ? t('editing.parameters.rules.taken') : undefined,
              t,
            ),
          ]}
        >
          <Input className="mono" autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item<ParameterValues> name="type" label={t('editing.parameters.type')}>
          <Select
            options={Object.values(ParameterType).map((value) => ({
              value,
              label: t(`editing.parameters.types.${value}`),
            }))}
          />
        </Form.Item>
      </div>
      <Form.Item<ParameterValues>
        name="value"
        label={t('editing.parameters.value')}
        required
        dependencies={['type', 'minimum', 'maximum', 'allowed']}
        rules={[judge('value')]}
      >
        {type === 'BOOL' ? (
          <Radio.Group options={['true', 'false']} />
        ) : type === 'STRING' || type === 'JSON' ? (
          <Input.TextArea
            className="mono"
            spellCheck={false}
            autoSize={{ minRows: type === 'JSON' ? 4 : 1, maxRows: 14 }}
          />
        ) : (
          <Input
            className="mono"
            inputMode={type === 'INT' ? 'numeric' : 'decimal'}
            autoComplete="off"
          />
        )}
      </Form.Item>
      {isNumeric(type) && (
        <div className="form-grid">
          <Form.Item<ParameterValues>
            name="minimum"
            label={t('editing.parameters.minimum')}
            rules={[judge('minimum')]}
          >
            <Input className="mono" inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <Form.Item<ParameterValues>
            name="maximum"
            label={t('editing.parameters.maximum')}
            dependencies={['minimum']}
            rules={[judge('maximum')]}
          >
            <Input className="mono" inputMode="decimal" autoComplete="off" />
          </Form.Item>
        </div>
      )}
      <Form.Item<ParameterValues>
        name="allowed"
        label={t('editing.parameters.allowed')}
        extra={t(`editing.parameters.${type === 'JSON' ? 'allowedJson' : 'allowedHint'}`)}
        dependencies={['type']}
        rules={[judge('allowed')]}
      >
        <Input.TextArea className="mono" spellCheck={false} autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
      <Form.Item<ParameterValues>
        name="description"
        label={t('editing.parameters.description')}
        rules={[rule(prose, t)]}
      >
        <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} />
      </Form.Item>
      <Form.Item<ParameterValues>
        name="isDefault"
        label={t('editing.parameters.isDefault')}
        extra={t('editing.parameters.isDefaultHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </>
  );
}
