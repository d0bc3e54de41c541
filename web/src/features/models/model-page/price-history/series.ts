import type { PriceComponent, ServiceMode } from '../../../../gql/graphql.ts';

export interface Price {
  id: string;
  component: PriceComponent;
  amount: string;
  currency: string;
  unit: string;
  serviceMode: ServiceMode;
  minContextTokens: number;
  validFrom?: string | null;
  validUntil?: string | null;
}

/** What one component has cost, the oldest price first. */
export interface Series {
  component: PriceComponent;
  prices: readonly Price[];
}

/** What can stand on one axis: prices in one currency and unit, of one mode and tier. */
export interface Group {
  key: string;
  currency: string;
  unit: string;
  serviceMode: ServiceMode;
  minContextTokens: number;
  series: readonly Series[];
}

/** What the components cost from a day on, until the next row's. */
export interface Row {
  time: number;
  /** The components whose price begins here. */
  starts: readonly PriceComponent[];
  /** Null while no price holds. */
  amounts: Partial<Record<PriceComponent, number | null>>;
}

const DAY_MS = 86_400_000;
const LEAST_MARGIN_DAYS = 14;
const MARGIN = 0.06;

export const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

const beginOf = ({ validFrom }: Price) =>
  validFrom ? timeOf(validFrom) : Number.NEGATIVE_INFINITY;
const endOf = ({ validUntil }: Price) =>
  validUntil ? timeOf(validUntil) : Number.POSITIVE_INFINITY;

/** The price that holds at a time; undefined if none does. */
export const priceAt = ({ prices }: Series, time: number): Price | undefined =>
  prices.find((price) => beginOf(price) <= time && time < endOf(price));

/** Whether a price has changed, has ended, or is going to begin. */
const hasHistory = ({ prices }: Series, today: string) =>
  prices.length > 1 ||
  prices.some(({ validFrom, validUntil }) => validUntil != null || (validFrom ?? '') > today);

/** The groups that have something to tell, the one with most prices first. */
export function groupsOf(prices: readonly Price[], today: string): Group[] {
  const groups = new Map<string, Price[]>();
  for (const price of prices) {
    const { currency, unit, serviceMode, minContextTokens } = price;
    const key = [currency, unit, serviceMode, minContextTokens].join('|');
    groups.set(key, [...(groups.get(key) ?? []), price]);
  }
  return [...groups]
    .flatMap(([key, members]) => {
      const [first] = members;
      const series = seriesOf(members);
      return first && series.some((each) => hasHistory(each, today))
        ? [{ ...first, key, series, count: members.length }]
        : [];
    })
    .sort((a, b) => b.count - a.count || a.key.localeCompare(b.key))
    .map(({ key, currency, unit, serviceMode, minContextTokens, series }) => ({
      key,
      currency,
      unit,
      serviceMode,
      minContextTokens,
      series,
    }));
}

/** What is asked for most comes first. */
const FIRST: readonly string[] = ['INPUT', 'OUTPUT', 'CACHE_READ', 'CACHE_WRITE'];
const rankOf = (component: string) => {
  const place = FIRST.indexOf(component);
  return place < 0 ? FIRST.length : place;
};

function seriesOf(prices: readonly Price[]): Series[] {
  const components = [...new Set(prices.map(({ component }) => component))].sort(
    (a, b) => rankOf(a) - rankOf(b) || a.localeCompare(b),
  );
  return components.map((component) => ({
    component,
    prices: prices
      .filter((price) => price.component === component)
      .sort((a, b) => beginOf(a) - beginOf(b)),
  }));
}

/** The rows of a chart of steps, from a little before the first change to a little behind the last. */
export function rowsOf({ series }: Group, today: string): Row[] {
  const days = series.flatMap(({ prices }) =>
    prices.flatMap(({ validFrom, validUntil }) => [validFrom ?? [], validUntil ?? []].flat()),
  );
  const times = [...new Set([...days, today])].map(timeOf).sort((a, b) => a - b);
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const margin = Math.max((last - first) * MARGIN, LEAST_MARGIN_DAYS * DAY_MS);
  const row = (time: number, at: number, starts: readonly PriceComponent[] = []): Row => ({
    time,
    starts,
    amounts: Object.fromEntries(
      series.map((each) => {
        const price = priceAt(each, at);
        return [each.component, price ? Number(price.amount) : null];
      }),
    ),
  });
  const startsAt = (time: number) =>
    series
      .filter(({ prices }) => prices.some((price) => beginOf(price) === time))
      .map(({ component }) => component);
  const endsInAGap = (time: number) =>
    series.some((each) => priceAt(each, time - 1) && !priceAt(each, time));
  return [
    row(first - margin, first - margin),
    ...times.flatMap((time) => [
      // A step is drawn up to the next row that has a value: where none follows, it ends in one of its own.
      ...(endsInAGap(time) ? [row(time, time - 1)] : []),
      row(time, time, startsAt(time)),
    ]),
    row(last + margin, last + margin),
  ];
}

/** By which share a price differs from the one that it followed at once; undefined if there is none. */
export function changeOf({ prices }: Series, price: Price): number | undefined {
  const before = prices.find((each) => endOf(each) === beginOf(price));
  const amount = Number(before?.amount);
  return before && amount > 0 ? Number(price.amount) / amount - 1 : undefined;
}
