import { TrophyOutlined } from '@ant-design/icons';
import { Radio, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, Scroll } from '../../console/data-table.tsx';
import { useFormat } from '../../console/format.ts';
import { type StackedColumn, stacked } from '../../console/stacked.tsx';
import { useNarrow } from '../../console/use-narrow.ts';
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
  const cheapest = cheapestOf(costs, currency);
  const rows = models.flatMap((model, index) => {
    const cost = costs[index];
    return cost ? [{ model, cost, isCheapest: cheapest.has(index) }] : [];
  });
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
      <Costs rows={rows} />
      <p className="muted">{t('compare.costs.counted')}</p>
    </section>
  );
}

interface Row {
  model: CompareModel;
  cost: Cost;
  isCheapest: boolean;
}

function Costs(props: { rows: readonly Row[] }) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const hasRequests = props.rows.some(({ cost }) => cost.parts.some(({ of }) => of === 'requests'));
  const parts: UsedFor[] = hasRequests
    ? ['input', 'cached', 'output', 'requests']
    : ['input', 'cached', 'output'];
  const columns: StackedColumn<Row>[] = [
    {
      key: 'model',
      title: t('models.columns.model'),
      isHeader: true,
      render: ({ model }) => <bdi>{model.displayName ?? model.name}</bdi>,
    },
    {
      key: 'total',
      title: t('compare.costs.total'),
      align: 'right',
      className: 'compare-total',
      render: ({ cost, isCheapest }) => (
        <>
          {isCheapest && (
            <span className="compare-cheapest good">
              <TrophyOutlined aria-hidden /> {t('compare.costs.cheapest')}
            </span>
          )}
          <Total cost={cost} />
        </>
      ),
    },
    ...parts.map(
      (of): StackedColumn<Row> => ({
        key: of,
        title: t(`compare.costs.parts.${of}`),
        align: 'right',
        isNothing: ({ cost }) => partOf(cost, of) === undefined,
        render: ({ cost }) => <PartCost cost={cost} of={of} />,
      }),
    ),
    {
      key: 'notes',
      title: t('compare.costs.notes'),
      className: 'compare-notes',
      isNothing: ({ cost }) => cost.notes.length === 0,
      render: ({ cost }) => <Notes cost={cost} />,
    },
  ];
  return (
    <Scroll label={t('compare.costs.table')}>
      <DataTable
        label={t('compare.costs.title')}
        rows={props.rows}
        keyOf={({ model }) => model.id}
        isChosen={({ isCheapest }) => isCheapest}
        columns={isNarrow ? stacked(columns, 'total') : columns}
      />
    </Scroll>
  );
}

const partOf = (cost: Cost, of: UsedFor) =>
  cost.parts.find((each) => each.of === of)?.cost ?? undefined;

function PartCost({ cost, of }: { cost: Cost; of: UsedFor }) {
  const format = useFormat();
  const part = partOf(cost, of);
  return part === undefined ? (
    <span className="muted">–</span>
  ) : (
    <span title={format.money(part, cost.currency)}>{format.price(part, cost.currency)}</span>
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
