import { useTranslation } from 'react-i18next';
import { DataTable, Scroll } from '../../../console/data-table.tsx';
import { type Format, useFormat } from '../../../console/format.ts';
import { type StackedColumn, stacked } from '../../../console/stacked.tsx';
import { unitName } from '../../../console/unit-name.ts';
import { useNarrow } from '../../../console/use-narrow.ts';
import { type DocumentType, graphql } from '../../../gql/index.ts';
import { useEditor } from './editor.tsx';
import { RowActions } from './row-actions.tsx';
import { deletePrice } from './writes-of-values.ts';

export const PriceFragment = graphql(`
  fragment EditedPrice on ModelPrice {
    id
    component
    amount
    currency
    unit
    serviceMode
    minContextTokens
    validFrom
    validUntil
    source
    version
  }
`);

export type Price = DocumentType<typeof PriceFragment>;

function useColumns(format: Format): StackedColumn<Price>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'component',
      isHeader: true,
      title: t('model.prices.component'),
      render: ({ component }) => t(`components.${component}`),
    },
    {
      key: 'amount',
      title: t('model.prices.amount'),
      align: 'right',
      render: ({ amount, currency, unit }) => (
        <>
          <strong>{format.money(amount, currency)}</strong>
          <span className="muted"> / {unitName(unit, t)}</span>
        </>
      ),
    },
    {
      key: 'mode',
      title: t('model.prices.mode'),
      render: ({ serviceMode }) => t(`modes.${serviceMode}`),
    },
    {
      key: 'tier',
      title: t('model.prices.tier'),
      align: 'right',
      isNothing: ({ minContextTokens }) => minContextTokens === 0,
      render: ({ minContextTokens }) =>
        minContextTokens ? format.tokens(minContextTokens) : t('model.prices.anyTier'),
    },
    {
      key: 'since',
      title: t('model.prices.since'),
      isNothing: ({ validFrom }) => validFrom == null,
      render: ({ validFrom }) => (validFrom ? format.day(validFrom) : t('model.prices.always')),
    },
    {
      key: 'until',
      title: t('model.prices.until'),
      isNothing: ({ validUntil }) => validUntil == null,
      render: ({ validUntil }) => (validUntil ? format.day(validUntil) : t('model.prices.open')),
    },
    {
      key: 'source',
      title: t('model.prices.source'),
      isNothing: ({ source }) => source == null,
      render: ({ source }) => <span className="muted">{source ?? '–'}</span>,
    },
  ];
}

/** Prices, with what can be done with each. */
export function PriceTable(props: { prices: readonly Price[]; onEdit: (price: Price) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrow();
  const columns = useColumns(format);
  const { mayEdit, client } = useEditor();
  const actions: StackedColumn<Price> = {
    key: 'actions',
    title: t('editing.actions'),
    isTitleHidden: true,
    className: 'cell-actions',
    render: (price) => (
      <RowActions
        name={`${t(`components.${price.component}`)}, ${format.money(price.amount, price.currency)}`}
        onEdit={() => props.onEdit(price)}
        remove={() => deletePrice(client, { id: price.id, expectedVersion: price.version })}
        removed={t('editing.prices.removed')}
      />
    ),
  };
  const shown = mayEdit ? [...columns, actions] : columns;
  return (
    <Scroll label={t('model.prices.title')}>
      <DataTable<Price>
        label={t('model.prices.title')}
        rows={props.prices}
        keyOf={({ id }) => id}
        columns={isNarrow ? stacked(shown, 'amount', ['actions']) : shown}
      />
    </Scroll>
  );
}
