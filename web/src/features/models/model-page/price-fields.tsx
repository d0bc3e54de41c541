import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../console/format.ts';
import { currency, day, required, rule } from '../../../console/forms/rules.ts';
import { unitName } from '../../../console/unit-name.ts';
import { PriceComponent, ServiceMode } from '../../../gql/graphql.ts';
import { DayInput } from '../model-form/day-input.tsx';
import { amount, periodProblem, tier, unitOf } from './price-input.ts';
import type { Price } from './price-table.tsx';
import { EMPTY_PRICE, type PriceValues, standsInTheWay, toEnd } from './price-values.ts';

/** What a price is for, how much, and when it holds. */
export function PriceFields({ others, isNew }: { others: readonly Price[]; isNew: boolean }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<PriceValues>();
  const component = Form.useWatch<PriceComponent | undefined>('component') ?? 'INPUT';
  const judge = (find: (values: PriceValues) => string | undefined) => ({
    validator: () => {
      const problem = find({ ...EMPTY_PRICE, ...form.getFieldsValue(true) });
      return problem === undefined ? Promise.resolve() : Promise.reject(new Error(problem));
    },
  });
  const overlap = useOverlapProblem(others, isNew);
  return (
    <>
      <div className="form-grid">
        <Form.Item<PriceValues> name="component" label={t('editing.prices.component')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={Object.values(PriceComponent).map((value) => ({
              value,
              label: t(`components.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item<PriceValues> name="serviceMode" label={t('editing.prices.mode')}>
          <Select
            options={Object.values(ServiceMode).map((value) => ({
              value,
              label: t(`modes.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item<PriceValues>
          name="amount"
          label={t('editing.prices.amount')}
          extra={t('editing.prices.perUnit', { unit: unitName(unitOf(component), t) })}
          rules={[required(t), rule(amount, t)]}
        >
          <Input className="mono" inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item<PriceValues>
          name="currency"
          label={t('editing.prices.currency')}
          rules={[required(t), rule(currency, t)]}
        >
          <Input className="mono" autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item<PriceValues>
          name="minContextTokens"
          label={t('editing.prices.tier')}
          extra={t('editing.prices.tierHint')}
          rules={[required(t), rule(tier, t)]}
        >
          <Input className="mono" inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <span />
        <Form.Item<PriceValues>
          name="validFrom"
          label={t('editing.prices.since')}
          extra={t('editing.model.day')}
          dependencies={[
            'component',
            'serviceMode',
            'currency',
            'minContextTokens',
            'validUntil',
            'endsOther',
          ]}
          rules={[rule(day, t), judge(overlap)]}
        >
          <DayInput />
        </Form.Item>
        <Form.Item<PriceValues>
          name="validUntil"
          label={t('editing.prices.until')}
          extra={t('editing.model.day')}
          dependencies={['validFrom']}
          rules={[
            rule(day, t),
            judge(({ validFrom, validUntil }) => periodProblem(validFrom, validUntil, t)),
          ]}
        >
          <DayInput />
        </Form.Item>
      </div>
      {isNew && <EndOther others={others} />}
    </>
  );
}

function usePeriod() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ amount: value, currency: code, validFrom, validUntil }: Price) => ({
    amount: value,
    currency: code,
    from: validFrom ? format.day(validFrom) : t('model.prices.always'),
    until: validUntil ? format.day(validUntil) : t('model.prices.open'),
  });
}

function useOverlapProblem(others: readonly Price[], isNew: boolean) {
  const { t } = useTranslation();
  const period = usePeriod();
  return (values: PriceValues) => {
    const other = standsInTheWay(values, others);
    const isEnded = isNew && values.endsOther && toEnd(values, others) !== undefined;
    return other && !isEnded ? t('editing.prices.rules.taken', period(other)) : undefined;
  };
}

/** Where a new price begins while another holds, that one can be ended in the same go. */
function EndOther({ others }: { others: readonly Price[] }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<PriceValues>();
  const period = usePeriod();
  const watched = Form.useWatch([], form) as Partial<PriceValues> | undefined;
  const other = toEnd({ ...EMPTY_PRICE, ...watched }, others);
  return (
    <Form.Item<PriceValues>
      name="endsOther"
      valuePropName="checked"
      hidden={!other}
      extra={other && t('editing.prices.endHint', period(other))}
    >
      <Checkbox>{other && t('editing.prices.end', period(other))}</Checkbox>
    </Form.Item>
  );
}
