import { useTranslation } from 'react-i18next';
import { DataTable, Scroll } from '../../../console/data-table.tsx';
import { useFormat } from '../../../console/format.ts';
import { type DocumentType, type FragmentType, graphql, readFragment } from '../../../gql/index.ts';
import { Section } from './section.tsx';

const PricesFragment = graphql(`
  fragment ModelPrices on Model {
    id
    prices {
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
    }
  }
`);

type Price = DocumentType<typeof PricesFragment>['prices'][number];

/** The prices that hold today. */
export function Prices(props: { model: FragmentType<typeof PricesFragment> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { prices } = readFragment(PricesFragment, props.model);
  return (
    <Section title={t('model.prices.title')} count={prices.length} empty={t('model.prices.empty')}>
      <Scroll label={t('model.prices.title')}>
        <DataTable<Price>
          label={t('model.prices.title')}
          rows={prices}
          keyOf={({ id }) => id}
          columns={[
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
                  <span className="muted"> / {unit}</span>
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
              render: ({ minContextTokens }) =>
                minContextTokens ? format.tokens(minContextTokens) : t('model.prices.anyTier'),
            },
            {
              key: 'since',
              title: t('model.prices.since'),
              render: ({ validFrom }) =>
                validFrom ? format.day(validFrom) : t('model.prices.always'),
            },
            {
              key: 'until',
              title: t('model.prices.until'),
              render: ({ validUntil }) =>
                validUntil ? format.day(validUntil) : t('model.prices.open'),
            },
            {
              key: 'source',
              title: t('model.prices.source'),
              render: ({ source }) => <span className="muted">{source ?? '–'}</span>,
            },
          ]}
        />
      </Scroll>
    </Section>
  );
}
