import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  CartesianGrid,
  Scatter as Dots,
  ResponsiveContainer,
  ScatterChart,
  Tooltip,
  useChartWidth,
  XAxis,
  YAxis,
} from 'recharts';
import { type Format, useFormat } from '../../console/format.ts';
import { useNarrow } from '../../console/use-narrow.ts';
import { domainOf, labelPlace, labelShifts, type Point, type Shape, ticksOf } from './points.ts';
import { Mark } from './shapes.tsx';

interface Placed {
  point: Point;
  shape: Shape;
}

/** Where the library puts a point. */
interface Place {
  cx?: number | undefined;
  cy?: number | undefined;
}

/** Both axes are logarithmic: from the cheapest to the dearest it is four powers of ten. */
export function Scatter(props: {
  placed: readonly Placed[];
  around: readonly Point[];
  currency: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrow();
  const { placed, around, currency } = props;
  const all = [...placed.map(({ point }) => point), ...around];
  const x = domainOf(all.map(({ context }) => context));
  const y = domainOf(all.map(({ price }) => price));
  const shifts = labelShifts(
    placed.map(({ point }) => point),
    x,
    y,
  );
  const axis = { type: 'number', scale: 'log', allowDataOverflow: true } as const;
  const ink = { fill: 'var(--muted)', fontSize: 12 };
  return (
    <div className="compare-plot">
      <ResponsiveContainer width="100%" height={isNarrow ? 320 : 400}>
        <ScatterChart
          accessibilityLayer={false}
          margin={{ top: 16, right: 24, bottom: 28, left: 8 }}
        >
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            {...axis}
            dataKey="context"
            domain={x}
            ticks={ticksOf(x)}
            tick={ink}
            stroke="var(--muted)"
            tickFormatter={(value: number) => format.tokens(value)}
            label={{ value: t('compare.chart.x'), position: 'insideBottom', offset: -18, ...ink }}
          />
          <YAxis
            {...axis}
            dataKey="price"
            domain={y}
            ticks={ticksOf(y)}
            tick={ink}
            stroke="var(--muted)"
            width={isNarrow ? 56 : 76}
            tickFormatter={(value: number) => format.price(String(value), currency)}
          />
          <Tooltip
            cursor={false}
            isAnimationActive={false}
            content={({ payload }) => (
              <Hint point={payload?.[0]?.payload as Point | undefined} currency={currency} />
            )}
          />
          <Dots
            data={[...around]}
            isAnimationActive={false}
            shape={({ cx, cy }: Place) => <circle cx={cx} cy={cy} r={3.5} className="dot-other" />}
          />
          {placed.map(({ point, shape }, index) => (
            <Dots
              key={point.id}
              data={[point]}
              isAnimationActive={false}
              shape={({ cx = 0, cy = 0 }: Place) => (
                <ModelDot
                  point={point}
                  shape={shape}
                  at={{ x: cx, y: cy, label: shifts[index] ?? 0 }}
                  isLeft={Math.log(point.context / x[0]) / Math.log(x[1] / x[0]) > 0.7}
                  text={describe(point, currency, format)}
                />
              )}
            />
          ))}
        </ScatterChart>
      </ResponsiveContainer>
      <p className="muted compare-axis">{t('compare.chart.y', { currency })}</p>
    </div>
  );
}

const describe = (point: Point, currency: string, format: Format) =>
  `${point.name}: ${format.tokens(point.context)}, ${format.money(point.amount, currency)}`;

/** A point that the keyboard reaches, and that leads to its model. */
function ModelDot(props: {
  point: Point;
  shape: Shape;
  at: { x: number; y: number; label: number };
  /** It stands far to the right: its name goes to its left. */
  isLeft: boolean;
  text: string;
}) {
  const router = useRouter();
  const { point, at, isLeft } = props;
  const width = useChartWidth() ?? Number.POSITIVE_INFINITY;
  const label = labelPlace(point.name, at.x, { width, isLeft });
  const model = {
    to: '/models/$modelId',
    params: { modelId: String(point.databaseId) },
  } as const;
  return (
    <a
      href={router.buildLocation(model).href}
      className="dot-link"
      aria-label={props.text}
      onClick={(event) => {
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
          event.preventDefault();
          void router.navigate(model);
        }
      }}
    >
      <g transform={`translate(${at.x} ${at.y})`}>
        <circle r="13" className="dot-ring" />
        <Mark shape={props.shape} />
        <text
          x={label.x}
          y={label.y + at.label + 4}
          textAnchor={label.anchor}
          className="dot-label"
          aria-hidden
        >
          {point.name}
        </text>
      </g>
    </a>
  );
}

function Hint({ point, currency }: { point: Point | undefined; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return point ? (
    <div className="compare-hint">
      <bdi className="compare-hint-name">{point.name}</bdi>
      <bdi className="muted">{point.supplier}</bdi>
      <span>
        {format.number(point.context)} {t('model.tokens')}
      </span>
      <span>{format.money(point.amount, currency)}</span>
    </div>
  ) : null;
}
