import { Link } from '@tanstack/react-router';
import { Radio, Switch } from 'antd';
import { memo, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../console/format.ts';
import { lastSearch } from '../models/last-search.ts';
import { countConditions } from '../models/search.ts';
import { currenciesOf } from './costs.ts';
import type { CompareModel } from './documents.ts';
import { type Missing, type Point, pointOf, SHAPES, type Shape } from './points.ts';
import { Scatter } from './scatter.tsx';
import { amongOf, CHART_PRICES, type CompareSearch, searchAmong } from './search.ts';
import { Mark } from './shapes.tsx';
import { MOST_OTHERS, useOthers } from './use-others.ts';

interface Props extends Pick<CompareSearch, 'chart' | 'among' | 'currency'> {
  models: readonly CompareModel[];
  update: (patch: Partial<CompareSearch>, options?: { replace?: boolean }) => void;
}

/**
 * What a million tokens cost, by how many a model can take at once. The table above says the same in
 * figures. What is typed in between doesn't draw it anew.
 */
export const PriceChart = memo(function PriceChart({
  models,
  chart,
  among,
  update,
  ...rest
}: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const component = chart === 'input' ? 'INPUT' : 'OUTPUT';
  const currency = rest.currency ?? currenciesOf(models)[0] ?? 'USD';
  const others = useOthers(among, component, currency);
  const { placed, absent } = useMemo(
    () => placesOf(models, component, currency),
    [models, component, currency],
  );
  const around = useMemo(() => {
    const compared = new Set(models.map((model) => model.id));
    return others.points.filter((point) => !compared.has(point.id));
  }, [models, others]);

  return (
    <section className="compare-card compare-chart" aria-labelledby={id}>
      <h2 id={id}>{t('compare.chart.title')}</h2>
      <div className="compare-bar">
        <Radio.Group
          aria-label={t('compare.chart.price')}
          optionType="button"
          buttonStyle="solid"
          options={CHART_PRICES.map((value) => ({
            value,
            label: t(value === 'input' ? 'components.INPUT' : 'components.OUTPUT'),
          }))}
          value={chart}
          onChange={({ target }) => update({ chart: target.value }, { replace: true })}
        />
        <OthersSwitch among={among} update={update} />
        <span className="muted" role="status">
          {among !== undefined &&
            (others.hasFailed
              ? t('compare.chart.failed')
              : others.total !== undefined &&
                t(others.total > MOST_OTHERS ? 'compare.chart.first' : 'compare.chart.all', {
                  count: others.total,
                  shown: format.number(Math.min(others.total, MOST_OTHERS)),
                  total: format.number(others.total),
                }))}
        </span>
      </div>
      {placed.length + around.length > 0 ? (
        <Scatter placed={placed} around={around} currency={currency} />
      ) : (
        <p className="muted">{t('compare.chart.empty')}</p>
      )}
      <ul className="compare-legend" aria-label={t('compare.chart.legend')}>
        {placed.map(({ point, shape }) => (
          <li key={point.id}>
            <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden>
              <Mark shape={shape} />
            </svg>
            <bdi>{point.name}</bdi>
          </li>
        ))}
        {among !== undefined && (
          <li>
            <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden>
              <circle r="3.5" className="dot-other" />
            </svg>
            <Link to="/models" search={searchAmong(among)}>
              {t('compare.chart.others')}
            </Link>
          </li>
        )}
      </ul>
      {absent.length > 0 && (
        <ul className="compare-plain muted">
          {absent.map(({ name, why }) => (
            <li key={name}>{t(`compare.chart.absent.${why}`, { name, currency })}</li>
          ))}
        </ul>
      )}
    </section>
  );
});

/** The compared models that have a place, each with its shape, and why the others have none. */
function placesOf(
  models: readonly CompareModel[],
  component: 'INPUT' | 'OUTPUT',
  currency: string,
) {
  const placed: { point: Point; shape: Shape }[] = [];
  const absent: { name: string; why: Missing }[] = [];
  models.forEach((model, index) => {
    const found = pointOf(model, component, currency);
    if (typeof found === 'string') {
      absent.push({ name: model.displayName ?? model.name, why: found });
    } else {
      placed.push({ point: found, shape: SHAPES[index % SHAPES.length] ?? 'circle' });
    }
  });
  return { placed, absent };
}

/** Shows the models as the table of models was last filtered and sorted, which the address then says. */
function OthersSwitch({ among, update }: Pick<Props, 'among' | 'update'>) {
  const { t } = useTranslation();
  const last = amongOf(lastSearch.get());
  const isOfFilter = countConditions(searchAmong(among ?? last)) > 0;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch in it is a control
    <label className="compare-switch">
      <Switch
        size="small"
        checked={among !== undefined}
        onChange={(isOn) => update({ among: isOn ? last : undefined }, { replace: true })}
      />
      {t(isOfFilter ? 'compare.chart.ofFilter' : 'compare.chart.ofAll')}
    </label>
  );
}
