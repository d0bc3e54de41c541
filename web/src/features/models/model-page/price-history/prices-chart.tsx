import { useTranslation } from 'react-i18next';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useAsOf } from '../../../../console/as-of/as-of-context.ts';
import { useFormat } from '../../../../console/format.ts';
import { unitName } from '../../../../console/unit-name.ts';
import type { PriceComponent } from '../../../../gql/graphql.ts';
import { lookOf, Mark, Swatch } from './marks.tsx';
import { dayOf, type Group, priceAt, type Row, rowsOf, timeOf } from './series.ts';

interface Props {
  group: Group;
  today: string;
  hidden: ReadonlySet<PriceComponent>;
}

const TEXT = { fill: 'var(--muted)', fontSize: 12 };

/** What each component has cost, as lines of steps. The table beside it says the same. */
export function PricesChart({ group, today, hidden }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const isPast = useAsOf() !== undefined;
  const rows = rowsOf(group, today);
  const end = rows.at(-1)?.time ?? 0;
  const now = timeOf(today);
  const changes = [...new Set(rows.slice(1, -1).map(({ time }) => time))];
  const unit = t('priceHistory.axis', { currency: group.currency, unit: unitName(group.unit, t) });
  return (
    <ResponsiveContainer width="100%" height={280}>
      <LineChart
        data={rows}
        margin={{ top: 20, right: 12, bottom: 0, left: 4 }}
        title={t('priceHistory.chart', { unit })}
        desc={t('priceHistory.chartHint')}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="time"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          ticks={changes}
          tick={TEXT}
          tickLine={false}
          stroke="var(--line)"
          minTickGap={28}
          tickFormatter={(time: number) => format.day(dayOf(time))}
        />
        <YAxis
          width="auto"
          domain={[0, 'auto']}
          tick={TEXT}
          tickLine={false}
          axisLine={false}
          tickFormatter={(amount: number) => format.price(String(amount), group.currency)}
          label={{ value: unit, angle: -90, position: 'insideLeft', style: LABEL, ...TEXT }}
        />
        {now < end && <ReferenceArea x1={now} x2={end} fill="var(--muted)" fillOpacity={0.1} />}
        <ReferenceLine
          x={now}
          stroke="var(--muted)"
          strokeDasharray="3 3"
          label={{
            value: t(isPast ? 'priceHistory.thatDay' : 'priceHistory.today'),
            position: 'top',
            ...TEXT,
          }}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--muted)' }}
          content={({ active, label }) =>
            active && typeof label === 'number' ? (
              <Reading time={label} group={group} today={today} hidden={hidden} />
            ) : null
          }
        />
        {group.series.map(({ component }, place) => (
          <Line
            key={component}
            type="stepAfter"
            name={t(`components.${component}`)}
            dataKey={({ amounts }: Row) => amounts[component]}
            hide={hidden.has(component)}
            strokeWidth={2}
            isAnimationActive={false}
            activeDot={false}
            {...lookOf(place)}
            dot={({ cx, cy, payload, index }) =>
              (payload as Row).starts.includes(component) && cx != null && cy != null ? (
                <Mark key={index} place={place} x={cx} y={cy} />
              ) : (
                <g key={index} />
              )
            }
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}

const LABEL = { textAnchor: 'middle' } as const;

/** All prices at one time: where the pointer is, or the arrow keys have gone. */
function Reading({ time, group, today, hidden }: Props & { time: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isPast = useAsOf() !== undefined;
  const day = dayOf(time);
  return (
    <div className="price-reading" role="status">
      <p>
        <strong>{format.day(day)}</strong>
        {day > today && ` · ${t('priceHistory.future')}`}
        {day === today && ` · ${t(isPast ? 'priceHistory.thatDay' : 'priceHistory.today')}`}
      </p>
      <ul className="plain">
        {group.series.map((series, place) => {
          const price = priceAt(series, time);
          return (
            !hidden.has(series.component) && (
              <li key={series.component}>
                <Swatch place={place} /> {t(`components.${series.component}`)}:{' '}
                <strong>
                  {price ? format.money(price.amount, price.currency) : t('priceHistory.none')}
                </strong>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
