import { useTranslation } from 'react-i18next';
import { useAsOf } from '../../../../console/as-of/as-of-context.ts';
import { DataTable, Scroll } from '../../../../console/data-table.tsx';
import { useFormat } from '../../../../console/format.ts';
import { unitName } from '../../../../console/unit-name.ts';
import { Swatch } from './marks.tsx';
import { changeOf, type Group, type Price, type Series } from './series.ts';

interface Line {
  series: Series;
  place: number;
  price: Price;
}

/** What the chart shows, in words and numbers. */
export function PriceTable({ group, today }: { group: Group; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isPast = useAsOf() !== undefined;
  const lines = group.series.flatMap((series, place) =>
    series.prices.map((price): Line => ({ series, place, price })),
  );
  const isFuture = ({ price }: Line) => (price.validFrom ?? '') > today;
  const isOver = ({ price }: Line) => price.validUntil != null && price.validUntil <= today;
  return (
    <Scroll label={t('priceHistory.table')}>
      <DataTable<Line>
        label={t('priceHistory.table')}
        rows={lines}
        keyOf={({ price }) => price.id}
        columns={[
          {
            key: 'component',
            isHeader: true,
            title: t('model.prices.component'),
            render: ({ series, place }) => (
              <span className="price-name">
                <Swatch place={place} /> {t(`components.${series.component}`)}
              </span>
            ),
          },
          {
            key: 'amount',
            title: t('model.prices.amount'),
            align: 'right',
            render: ({ price }) => (
              <>
                <strong>{format.money(price.amount, price.currency)}</strong>
                <span className="muted"> / {unitName(price.unit, t)}</span>
              </>
            ),
          },
          {
            key: 'change',
            title: t('priceHistory.change'),
            align: 'right',
            render: ({ series, price }) => {
              const share = changeOf(series, price);
              return share === undefined ? <span className="muted">–</span> : format.change(share);
            },
          },
          {
            key: 'since',
            title: t('model.prices.since'),
            render: ({ price }) =>
              price.validFrom ? format.day(price.validFrom) : t('model.prices.always'),
          },
          {
            key: 'until',
            title: t('model.prices.until'),
            render: ({ price }) =>
              price.validUntil ? format.day(price.validUntil) : t('model.prices.open'),
          },
          {
            key: 'now',
            title: t('priceHistory.state'),
            render: (line) =>
              isFuture(line) ? (
                <span className="flag">{t('priceHistory.future')}</span>
              ) : isOver(line) ? (
                <span className="muted">{t('priceHistory.over')}</span>
              ) : (
                t(isPast ? 'priceHistory.currentThen' : 'priceHistory.current')
              ),
          },
        ]}
      />
    </Scroll>
  );
}
