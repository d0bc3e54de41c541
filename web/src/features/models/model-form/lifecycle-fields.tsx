import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { day, required, rule } from '../../../console/forms/rules.ts';
import { LifecycleStage } from '../../../gql/graphql.ts';
import { DayInput } from './day-input.tsx';
import { datesProblem, moveProblem, orderProblem, stageOn, today } from './lifecycle.ts';
import { changesKind, type ModelValues } from './model-values.ts';
import { ModelPicker } from './pickers.tsx';

interface Props {
  before?: (ModelValues & { id: string; isDefault: boolean }) | undefined;
}

/** A model's stage, the days that move it, and what takes its place. */
export function LifecycleFields({ before }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ModelValues>();
  const judge = (find: (values: ModelValues) => string | undefined) => ({
    validator: () => {
      const problem = find(form.getFieldsValue(true));
      return problem === undefined ? Promise.resolve() : Promise.reject(new Error(problem));
    },
  });

  const stageProblem = (values: ModelValues) =>
    before?.lifecycleStage === values.lifecycleStage
      ? undefined
      : ((before && moveProblem(before.lifecycleStage, values.lifecycleStage, t)) ??
        datesProblem(values, today(), t));

  const dayProblem = (values: ModelValues) =>
    before && before.deprecatedOn === values.deprecatedOn && before.retiresOn === values.retiresOn
      ? undefined
      : orderProblem(values, t);

  return (
    <>
      <Form.Item<ModelValues>
        name="lifecycleStage"
        label={t('editing.model.stage')}
        dependencies={['deprecatedOn', 'retiresOn']}
        rules={[required(t), judge(stageProblem)]}
      >
        <Select
          options={Object.values(LifecycleStage).map((value) => ({
            value,
            label: t(`stages.${value.toLowerCase() as Lowercase<LifecycleStage>}`),
          }))}
        />
      </Form.Item>
      <Form.Item<ModelValues>
        name="successor"
        label={t('editing.model.successor')}
        // Only what can be chosen may be wrong here, such as a model that leads back.
      >
        <ModelPicker except={before?.id} />
      </Form.Item>
      <Form.Item<ModelValues>
        name="deprecatedOn"
        label={t('editing.model.deprecatedOn')}
        extra={t('editing.model.day')}
        rules={[rule(day, t)]}
      >
        <DayInput />
      </Form.Item>
      <Form.Item<ModelValues>
        name="retiresOn"
        label={t('editing.model.retiresOn')}
        extra={t('editing.model.day')}
        dependencies={['deprecatedOn']}
        rules={[rule(day, t), judge(dayProblem)]}
      >
        <DayInput />
      </Form.Item>
      {before?.isDefault && <DefaultField before={before} />}
    </>
  );
}

/** What becomes of a default that changes its kind or retires: the server wants to be told. */
function DefaultField({ before }: { before: ModelValues }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ModelValues>();
  const values = { ...before, ...(Form.useWatch([], { form, preserve: true }) as ModelValues) };
  const changes = changesKind(before, values);
  const isRetired = stageOn(values, today()) === 'RETIRED';
  if (!changes && !isRetired) {
    return null;
  }
  return (
    <Form.Item<ModelValues>
      className="form-wide"
      name="isDefault"
      preserve={false}
      label={t('editing.model.isDefault')}
      extra={t('editing.model.isDefaultHint')}
      rules={[
        ...(changes ? [required(t)] : []),
        {
          validator: (_, value?: boolean) =>
            value && isRetired
              ? Promise.reject(new Error(t('editing.lifecycle.retiredDefault')))
              : Promise.resolve(),
        },
      ]}
    >
      <Select
        allowClear
        options={[
          ...(changes ? [{ value: true, label: t('editing.model.takesPlace') }] : []),
          { value: false, label: t('editing.model.noDefault') },
        ]}
      />
    </Form.Item>
  );
}
