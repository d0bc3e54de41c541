import { describe, expect, test } from 'vitest';
import { cheapestOf, currenciesOf, monthlyCost, type Usage } from './costs.ts';
import type { ComparePrice } from './documents.ts';

const price = (given: Partial<ComparePrice>): ComparePrice => ({
  id: 'ModelPrice:1',
  component: 'INPUT',
  amount: '1',
  currency: 'USD',
  unit: '1M tokens',
  serviceMode: 'STANDARD',
  minContextTokens: 0,
  ...given,
});

const usage: Usage = {
  per: 'month',
  input: 10_000_000,
  cached: 0,
  output: 2_000_000,
  requests: 0,
  mode: 'STANDARD',
  currency: 'USD',
};

const model = (...prices: Partial<ComparePrice>[]) => ({ prices: prices.map(price) });
const inputAndOutput = model({ amount: '0.35' }, { component: 'OUTPUT', amount: '1.05' });

test('tokens of a month cost their price by the million', () => {
  const { total, parts, notes } = monthlyCost(inputAndOutput, usage);
  expect(total).toBe('5.6');
  expect(parts.map(({ of, cost }) => [of, cost])).toEqual([
    ['input', '3.5'],
    ['cached', '0'],
    ['output', '2.1'],
  ]);
  expect(notes).toEqual([]);
});

test('tokens of a request are counted for each of them', () => {
  const byRequest = { ...usage, per: 'request', input: 1_000, output: 500, requests: 3 } as const;
  expect(monthlyCost(inputAndOutput, byRequest).total).toBe('0.002625');
});

test('cached tokens have their own price, or are told to be counted as input', () => {
  const cached = { ...usage, output: 0, cached: 1_000_000 };
  const own = model({}, { component: 'CACHE_READ', amount: '0.1' });
  expect(monthlyCost(own, cached)).toMatchObject({ total: '10.1', notes: [] });
  expect(monthlyCost(model({}), cached)).toMatchObject({
    total: '11',
    isPartial: false,
    notes: [{ kind: 'cachedAsInput' }],
  });
});

test('what has no price is told, and the rest is the least it costs', () => {
  expect(monthlyCost(model({}), usage)).toMatchObject({
    total: '10',
    isPartial: true,
    notes: [{ kind: 'missing', of: 'output' }],
  });
  expect(monthlyCost(model({}), { ...usage, output: 0 })).toMatchObject({
    isPartial: false,
    notes: [],
  });
});

describe('tiers by context', () => {
  const tiers = model(
    { amount: '2' },
    { amount: '4', minContextTokens: 200_000 },
    { component: 'OUTPUT', amount: '10' },
    { component: 'OUTPUT', amount: '15', minContextTokens: 200_000 },
  );
  const requests = { ...usage, per: 'request', output: 1_000, requests: 1_000 } as const;

  test('a request falls into one by what is sent, cached or not', () => {
    expect(monthlyCost(tiers, { ...requests, input: 199_999 }).total).toBe('409.998');
    expect(monthlyCost(tiers, { ...requests, input: 100_000, cached: 100_000 })).toMatchObject({
      total: '815',
      notes: [{ kind: 'cachedAsInput' }, { kind: 'tier', from: 200_000 }],
    });
  });

  test('of a month the lowest is taken, and told', () => {
    expect(monthlyCost(tiers, usage)).toMatchObject({
      total: '40',
      notes: [{ kind: 'lowestTier' }],
    });
  });
});

test('a price by the request counts where requests are known', () => {
  const search = model({}, { component: 'REQUEST', amount: '0.005', unit: 'request' });
  const sent = { ...usage, input: 1_000, output: 0, requests: 200 };
  expect(monthlyCost(search, { ...sent, per: 'request' }).total).toBe('1.2');
  expect(monthlyCost(search, sent)).toMatchObject({
    isPartial: true,
    notes: [{ kind: 'requestsUnknown' }],
  });
});

test('another mode has its own prices, and nothing is made up for it', () => {
  const batch = model({}, { serviceMode: 'BATCH', amount: '0.5' });
  const inBatch = { ...usage, mode: 'BATCH', output: 0 } as const;
  expect(monthlyCost(batch, inBatch).total).toBe('5');
  expect(monthlyCost(model({}), inBatch)).toMatchObject({
    total: null,
    notes: [{ kind: 'noMode' }],
  });
  expect(monthlyCost(model(), usage)).toMatchObject({ total: null, notes: [{ kind: 'noPrices' }] });
});

test('the currency is the one that most have; the others are told in theirs', () => {
  const yuan = model({ currency: 'CNY', amount: '7' });
  expect(currenciesOf([yuan, model({}), model({})])).toEqual(['USD', 'CNY']);
  expect(currenciesOf([yuan, model({})])).toEqual(['USD', 'CNY']);
  expect(monthlyCost(yuan, { ...usage, output: 0 })).toMatchObject({
    currency: 'CNY',
    total: '70',
    notes: [{ kind: 'otherCurrency', currency: 'CNY' }],
  });
});

test('the cheapest is marked among those that can be compared', () => {
  const costs = [
    monthlyCost(inputAndOutput, usage),
    monthlyCost(model({ amount: '0.1' }), usage),
    monthlyCost(model({ currency: 'CNY', amount: '0.1' }), { ...usage, output: 0 }),
    monthlyCost(model({ amount: '1' }, { component: 'OUTPUT', amount: '1' }), usage),
  ];
  expect(cheapestOf(costs, 'USD')).toEqual(new Set([0]));
  expect(cheapestOf(costs.slice(0, 1), 'USD')).toEqual(new Set());
});
