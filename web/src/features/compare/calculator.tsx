import { TrophyOutlined } from '@ant-design/icons';
import { Radio, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import type { ServiceMode } from '../../gql/graphql.ts';
import {
  type Cost,
  cheapestOf,
  currenciesOf,
  monthlyCost,
  type Note,
  type UsedFor,
} from './costs.ts';
import { CountField } from './count-field.tsx';
import type { CompareModel } from './documents.ts';
import { BASES, type CompareSearch, countedPer, MODES } from './search.ts';

interface Props {
  models: readonly CompareModel[];
  search: CompareSearch;
  update: (patch: Partial<CompareSearch>, options?: { replace?: boolean }) => void;
}

const modeOf = (search: CompareSearch) => search.mode.toUpperCase() as ServiceMode;

/** What a month of so much use costs with each of them. */
export function Calculator({ models, search, update }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const currencies = currenciesOf(models);
  const currency = search.currency ?? currencies[0] ?? 'USD';
  const mode = modeOf(search);
  const costs = models.map((model) => monthlyCost(model, { ...search, mode, currency }));
  const change = (patch: Partial<CompareSearch>) => update(patch, { replace: true });
  const isByRequest = search.per === 'request';
  const offered = new Set(models.flatMap(({ prices }) => prices.map((price) => price.serviceMode)));
  const modes = MODES.filter(
    (each) => each === search.mode || offered.has(each.toUpperCase() as ServiceMode),
  );
  return (
    <section className="compare-card compare-costs" aria-labelledby={id}>
      <h2 id={id}>{t('compare.costs.title')}</h2>
      <form className="compare-usage" onSubmit={(event) => event.preventDefault()}>
        <Radio.Group
          aria-label={t('compare.costs.per')}
          optionType="button"
          buttonStyle="solid"
          options={BASES.map((value) => ({ value, label: t(`compare.costs.bases.${value}`) }))}
          value={search.per}
          onChange={({ target }) => change(countedPer(search, target.value))}
        />
        {(['input', 'cached', 'output'] as const).map((name) => (
          <CountField
            key={name}
            label={t(`compare.costs.counts.${name}`)}
            value={search[name]}
            onChange={(value) => change({ [name]: value })}
          />
        ))}
        {isByRequest && (
          <CountField
            label={t('compare.costs.counts.requests')}
            value={search.requests}
            onChange={(requests) => change({ requests })}
          />
        )}
        <div className="compare-field">
          <label htmlFor={`${id}-mode`}>{t('compare.costs.mode')}</label>
          <Select
            id={`${id}-mode`}
            options={modes.map((value) => ({
              value,
              label: t(`modes.${value.toUpperCase() as ServiceMode}`),
            }))}
            value={search.mode}
            onChange={(value) => change({ mode: value })}
          />
        </div>
        {currencies.length > 1 && (
          <div className="compare-field">
            <label htmlFor={`${id}-currency`}>{t('compare.costs.currency')}</label>
            <Select
              id={`${id}-currency`}
              options={currencies.map((value) => ({ value, label: value }))}
              value={currency}
              onChange={(value) => change({ currency: value })}
            />
          </div>
        )}
      </form>
      <Costs models={models} costs={costs} currency={currency} isByRequest={isByRequest} />
      <p className="muted">{t('compare.costs.counted')}</p>
    </section>
  );
}

function Costs(props: {
  models: readonly CompareModel[];
  costs: readonly Cost[];
  currency: string;
  isByRequest: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const cheapest = cheapestOf(props.costs, props.currency);
  const hasRequests = props.costs.some(({ parts }) => parts.some(({ of }) => of === 'requests'));
  const shown: UsedFor[] = hasRequests
    ? ['input', 'cached', 'output', 'requests']
    : ['input', 'cached', 'output'];
  const part = (cost: Cost, of: UsedFor) => {
    const found = cost.parts.find((each) => each.of === of);
    return found?.cost ? (
      <span title={format.money(found.cost, cost.currency)}>
        {format.price(found.cost, cost.currency)}
      </span>
    ) : (
      <span className="muted">–</span>
    );
  };
  return (
    <Scroll label={t('compare.costs.table')}>
      <table className="table compare-cost-table" aria-label={t('compare.costs.title')}>
        <thead>
          <tr>
            <th scope="col">{t('models.columns.model')}</th>
            <th scope="col" className="table-right">
              {t('compare.costs.total')}
            </th>
            {shown.map((of) => (
              <th key={of} scope="col" className="table-right">
                {t(`compare.costs.parts.${of}`)}
              </th>
            ))}
            <th scope="col">{t('compare.costs.notes')}</th>
          </tr>
        </thead>
        <tbody>
          {props.models.map((model, index) => {
            const cost = props.costs[index];
            return cost ? (
              <tr key={model.id} className={cheapest.has(index) ? 'table-chosen' : undefined}>
                <th scope="row">
                  <bdi>{model.displayName ?? model.name}</bdi>
                </th>
                <td className="table-right compare-total">
                  {cheapest.has(index) && (
                    <span className="compare-cheapest good">
                      <TrophyOutlined aria-hidden /> {t('compare.costs.cheapest')}
                    </span>
                  )}
                  <Total cost={cost} />
                </td>
                {shown.map((of) => (
                  <td key={of} className="table-right">
                    {part(cost, of)}
                  </td>
                ))}
                <td className="compare-notes">
                  <Notes cost={cost} />
                </td>
              </tr>
            ) : null;
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Total({ cost }: { cost: Cost }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (cost.total === null) {
    return <span className="muted">{t('models.unknown')}</span>;
  }
  const amount = format.price(cost.total, cost.currency);
  return (
    <strong title={format.money(cost.total, cost.currency)}>
      {cost.isPartial ? t('compare.costs.atLeast', { amount }) : amount}
    </strong>
  );
}

function Notes({ cost }: { cost: Cost }) {
  const { t } = useTranslation();
  const format = useFormat();
  const write = (note: Note): string => {
    switch (note.kind) {
      case 'otherCurrency':
        return t('compare.costs.note.otherCurrency', { currency: note.currency });
      case 'tier':
        return t('compare.costs.note.tier', { tokens: format.tokens(note.from) });
      case 'missing':
        return t(`compare.costs.note.missing.${note.of}`);
      default:
        return t(`compare.costs.note.${note.kind}`);
    }
  };
  return (
    <ul className="compare-plain">
      {cost.notes.map((note) => {
        const text = write(note);
        return <li key={text}>{text}</li>;
      })}
    </ul>
  );
}
