import './price-history.css';

import { Select, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsOf } from '../../../../console/as-of/as-of-context.ts';
import { useFormat } from '../../../../console/format.ts';
import { Section } from '../../../../console/section.tsx';
import { unitName } from '../../../../console/unit-name.ts';
import type { PriceComponent } from '../../../../gql/graphql.ts';
import { type FragmentType, graphql, readFragment } from '../../../../gql/index.ts';
import { Swatch } from './marks.tsx';
import { PriceTable } from './price-table.tsx';
import { dayOf, type Group, groupsOf } from './series.ts';

const PriceHistoryFragment = graphql(`
  fragment ModelPriceHistory on Model {
    id
    everyPrice: prices(anyDay: true) {
      id
      component
      amount
      currency
      unit
      serviceMode
      minContextTokens
      validFrom
      validUntil
    }
  }
`);

// The charts' library is loaded where there is something to draw.
const PricesChart = lazy(async () => {
  const { PricesChart: component } = await import('./prices-chart.tsx');
  return { default: component };
});

/** How prices went, and will go: as a chart, and as a table of the same. */
export function PriceHistory(props: { model: FragmentType<typeof PriceHistoryFragment> }) {
  const { t } = useTranslation();
  const moment = useAsOf();
  const { everyPrice } = readFragment(PriceHistoryFragment, props.model);
  const today = moment?.slice(0, 10) ?? dayOf(Date.now());
  const groups = useMemo(() => groupsOf(everyPrice, today), [everyPrice, today]);
  const [chosen, setChosen] = useState<string>();
  const group = groups.find(({ key }) => key === chosen) ?? groups[0];
  if (!group) {
    return (
      <Section title={t('priceHistory.title')}>
        <p className="muted">
          {t(everyPrice.length > 0 ? 'priceHistory.unchanged' : 'priceHistory.empty')}
        </p>
      </Section>
    );
  }
  return (
    <Section title={t('priceHistory.title')}>
      {groups.length > 1 && <GroupSelect groups={groups} value={group.key} onChange={setChosen} />}
      <Shown key={group.key} group={group} today={today} />
    </Section>
  );
}

function Shown({ group, today }: { group: Group; today: string }) {
  const { t } = useTranslation();
  const [hidden, setHidden] = useState<ReadonlySet<PriceComponent>>(new Set());
  const toggle = (component: PriceComponent) => {
    const next = new Set(hidden);
    if (!next.delete(component)) {
      next.add(component);
    }
    setHidden(next);
  };
  return (
    <>
      <fieldset className="price-legend">
        <legend className="hidden">{t('priceHistory.legend')}</legend>
        {group.series.map(({ component }, place) => (
          <button
            key={component}
            type="button"
            aria-pressed={!hidden.has(component)}
            onClick={() => toggle(component)}
          >
            <Swatch place={place} /> {t(`components.${component}`)}
          </button>
        ))}
      </fieldset>
      <div className="price-chart">
        <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 6 }} />}>
          <PricesChart group={group} today={today} hidden={hidden} />
        </Suspense>
      </div>
      <PriceTable group={group} today={today} />
    </>
  );
}

/** Prices that can't stand on one axis are shown one after another. */
function GroupSelect(props: {
  groups: readonly Group[];
  value: string;
  onChange: (key: string) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Select
      className="price-groups"
      aria-label={t('priceHistory.which')}
      value={props.value}
      onChange={props.onChange}
      options={props.groups.map((group) => ({
        value: group.key,
        label: [
          t('priceHistory.axis', { currency: group.currency, unit: unitName(group.unit, t) }),
          t(`modes.${group.serviceMode}`),
          group.minContextTokens > 0
            ? t('priceHistory.from', { tokens: format.tokens(group.minContextTokens) })
            : [],
        ]
          .flat()
          .join(' · '),
      }))}
    />
  );
}
