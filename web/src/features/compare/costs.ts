import type { PriceComponent, ServiceMode } from '../../gql/graphql.ts';
import type { ComparePrice } from './documents.ts';
import {
  compareExact,
  type Exact,
  plus,
  readExact,
  shifted,
  times,
  writeExact,
  ZERO,
} from './exact.ts';

/** What a month comes to. Counts are of a month, or of each of its requests. */
export interface Usage {
  per: 'month' | 'request';
  input: number;
  cached: number;
  output: number;
  requests: number;
  mode: ServiceMode;
  currency: string;
}

export type UsedFor = 'input' | 'cached' | 'output' | 'requests';

export interface Part {
  of: UsedFor;
  /** What a month costs for this; null if no price is known. */
  cost: string | null;
  /** The price that was taken. */
  price?: ComparePrice;
}

/** What the figure rests on that nobody would guess. */
export type Note =
  | { kind: 'noPrices' | 'noMode' | 'cachedAsInput' | 'lowestTier' | 'requestsUnknown' }
  | { kind: 'otherCurrency'; currency: string }
  | { kind: 'tier'; from: number }
  | { kind: 'missing'; of: UsedFor };

export interface Cost {
  currency: string;
  parts: readonly Part[];
  /** Null where there is nothing to count with. */
  total: string | null;
  /** Some of the usage has no price: the total is the least that it costs. */
  isPartial: boolean;
  notes: readonly Note[];
}

const COMPONENTS: Record<UsedFor, PriceComponent> = {
  input: 'INPUT',
  cached: 'CACHE_READ',
  output: 'OUTPUT',
  requests: 'REQUEST',
};
const COUNTED: readonly PriceComponent[] = Object.values(COMPONENTS);

/** The currencies that any of them counts in, the one that most do first. */
export function currenciesOf(models: readonly { prices: readonly ComparePrice[] }[]): string[] {
  const counts = new Map<string, number>();
  for (const { prices } of models) {
    const counted = prices.filter(({ component }) => COUNTED.includes(component));
    for (const currency of new Set(counted.map((price) => price.currency))) {
      counts.set(currency, (counts.get(currency) ?? 0) + 1);
    }
  }
  const rank = (code: string) => [-(counts.get(code) ?? 0), code === 'USD' ? 0 : 1] as const;
  return [...counts.keys()].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a[0] - b[0] || a[1] - b[1] || one.localeCompare(other);
  });
}

/** Of several tiers the one that a request of so many tokens falls into; the lowest if that isn't known. */
function priceOf(prices: readonly ComparePrice[], component: PriceComponent, context: number) {
  return prices
    .filter((price) => price.component === component && price.minContextTokens <= context)
    .reduce<ComparePrice | undefined>(
      (best, price) => (best && best.minContextTokens > price.minContextTokens ? best : price),
      undefined,
    );
}

/** A million tokens, characters or pixels; one of anything else. */
const exponentOf = (unit: string) => (unit.startsWith('1M ') ? 6 : 0);

function costOf(price: ComparePrice, count: bigint): Exact {
  const amount = readExact(price.amount) ?? ZERO;
  return shifted(times(amount, count), exponentOf(price.unit));
}

export function monthlyCost(model: { prices: readonly ComparePrice[] }, usage: Usage): Cost {
  const counted = model.prices.filter(({ component }) => COUNTED.includes(component));
  const [own] = currenciesOf([model]);
  const hasChosen = counted.some(({ currency }) => currency === usage.currency);
  const currency = hasChosen ? usage.currency : (own ?? usage.currency);
  const ofMode = counted.filter(
    (price) => price.currency === currency && price.serviceMode === usage.mode,
  );
  const notes: Note[] = currency === usage.currency ? [] : [{ kind: 'otherCurrency', currency }];
  if (ofMode.length === 0) {
    notes.push({ kind: counted.length === 0 ? 'noPrices' : 'noMode' });
    return { currency, parts: [], total: null, isPartial: false, notes };
  }
  return count(ofMode, usage, currency, notes);
}

function count(prices: ComparePrice[], usage: Usage, currency: string, notes: Note[]): Cost {
  const isByRequest = usage.per === 'request';
  const context = isByRequest ? usage.input + usage.cached : 0;
  const factor = isByRequest ? BigInt(usage.requests) : 1n;
  const parts: Part[] = [];
  let total = ZERO;
  let isPartial = false;
  const add = (of: UsedFor, amount: bigint, price: ComparePrice | undefined) => {
    const cost = price && costOf(price, amount);
    if (cost) {
      total = plus(total, cost);
    } else if (amount > 0n) {
      isPartial = true;
      notes.push({ kind: 'missing', of });
    }
    parts.push({ of, cost: cost ? writeExact(cost) : null, ...(price ? { price } : {}) });
  };
  const input = priceOf(prices, COMPONENTS.input, context);
  const cached = priceOf(prices, COMPONENTS.cached, context);
  add('input', BigInt(usage.input) * factor, input);
  add('cached', BigInt(usage.cached) * factor, cached ?? input);
  if (usage.cached > 0 && !cached && input) {
    notes.push({ kind: 'cachedAsInput' });
  }
  add('output', BigInt(usage.output) * factor, priceOf(prices, COMPONENTS.output, context));
  const request = priceOf(prices, COMPONENTS.requests, context);
  if (request && isByRequest) {
    add('requests', BigInt(usage.requests), request);
  } else if (request) {
    isPartial = true;
    notes.push({ kind: 'requestsUnknown' });
  }
  noteTiers(prices, parts, isByRequest, notes);
  return { currency, parts, total: writeExact(total), isPartial, notes };
}

function noteTiers(prices: ComparePrice[], parts: Part[], isByRequest: boolean, notes: Note[]) {
  const highest = Math.max(0, ...parts.map(({ price }) => price?.minContextTokens ?? 0));
  if (highest > 0) {
    notes.push({ kind: 'tier', from: highest });
  } else if (!isByRequest && prices.some(({ minContextTokens }) => minContextTokens > 0)) {
    notes.push({ kind: 'lowestTier' });
  }
}

/**
 * Where the lowest total is, several of them if they are alike. What is only part of a cost, or in
 * another currency, can't be told cheaper.
 */
export function cheapestOf(costs: readonly Cost[], currency: string): Set<number> {
  const comparable = costs.flatMap((cost, index) => {
    const total = cost.total === null ? null : readExact(cost.total);
    return total && !cost.isPartial && cost.currency === currency ? [{ index, total }] : [];
  });
  if (comparable.length < 2) {
    return new Set();
  }
  const least = comparable.reduce((best, each) =>
    compareExact(each.total, best.total) < 0 ? each : best,
  );
  // Where all cost the same, none is the cheapest.
  if (comparable.every(({ total }) => compareExact(total, least.total) === 0)) {
    return new Set();
  }
  return new Set(
    comparable
      .filter(({ total }) => compareExact(total, least.total) === 0)
      .map(({ index }) => index),
  );
}
