import { expect, test } from 'vitest';
import { changeOf, dayOf, groupsOf, type Price, priceAt, rowsOf, timeOf } from './series.ts';

const TODAY = '2026-11-20';
let count = 0;

function price(component: Price['component'], amount: string, more: Partial<Price> = {}): Price {
  count += 1;
  return {
    id: `ModelPrice:${count}`,
    component,
    amount,
    currency: 'USD',
    unit: '1M tokens',
    serviceMode: 'STANDARD',
    minContextTokens: 0,
    ...more,
  };
}

const changed = [
  price('OUTPUT', '10', { validFrom: '2026-03-01' }),
  price('INPUT', '2', { validUntil: '2026-03-01' }),
  price('INPUT', '1.5', { validFrom: '2026-03-01', validUntil: '2027-01-01' }),
  price('INPUT', '1', { validFrom: '2027-01-01' }),
];

test('one price for each thing is no history', () => {
  expect(groupsOf([price('INPUT', '2'), price('OUTPUT', '8')], TODAY)).toEqual([]);
  expect(groupsOf([price('INPUT', '2', { validFrom: '2026-01-01' })], TODAY)).toEqual([]);
  expect(groupsOf([], TODAY)).toEqual([]);
});

test('a price that has ended, or is yet to begin, is history', () => {
  for (const time of [{ validUntil: '2026-05-01' }, { validFrom: '2026-12-01' }]) {
    expect(groupsOf([price('INPUT', '2', time)], TODAY)).toHaveLength(1);
  }
});

test('what has another currency, unit, mode or tier stands on another axis', () => {
  const groups = groupsOf(
    [
      ...changed,
      price('INPUT', '7', { currency: 'CNY', validUntil: '2026-05-01' }),
      price('INPUT', '3', { minContextTokens: 200_000, validUntil: '2026-05-01' }),
      price('INPUT', '1', { serviceMode: 'BATCH' }),
    ],
    TODAY,
  );
  expect(groups.map(({ key }) => key)).toEqual([
    'USD|1M tokens|STANDARD|0',
    'CNY|1M tokens|STANDARD|0',
    'USD|1M tokens|STANDARD|200000',
  ]);
  expect(groups[0]?.series.map(({ component }) => component)).toEqual(['INPUT', 'OUTPUT']);
});

test('rows stand where something changes, and today', () => {
  const [group] = groupsOf(changed, TODAY);
  const rows = group ? rowsOf(group, TODAY) : [];
  expect(rows.slice(1, -1)).toEqual([
    {
      time: timeOf('2026-03-01'),
      starts: ['INPUT', 'OUTPUT'],
      amounts: { INPUT: 1.5, OUTPUT: 10 },
    },
    { time: timeOf(TODAY), starts: [], amounts: { INPUT: 1.5, OUTPUT: 10 } },
    { time: timeOf('2027-01-01'), starts: ['INPUT'], amounts: { INPUT: 1, OUTPUT: 10 } },
  ]);
  expect(rows[0]?.amounts).toEqual({ INPUT: 2, OUTPUT: null });
  expect(rows.at(-1)?.amounts).toEqual({ INPUT: 1, OUTPUT: 10 });
  expect(rows.map(({ time }) => time)).toEqual(rows.map(({ time }) => time).sort((a, b) => a - b));
});

test('a line ends where its price does, if none follows', () => {
  const [group] = groupsOf([price('INPUT', '2', { validUntil: '2026-05-01' })], TODAY);
  const rows = group ? rowsOf(group, TODAY) : [];
  expect(rows.map(({ time, amounts }) => [dayOf(time), amounts.INPUT])).toEqual([
    [expect.any(String), 2],
    ['2026-05-01', 2],
    ['2026-05-01', null],
    [TODAY, null],
    [expect.any(String), null],
  ]);
});

test('what a price is at a time, and by how much it has changed', () => {
  const [group] = groupsOf(changed, TODAY);
  const [input] = group?.series ?? [];
  if (!input) {
    throw new Error('there is no series');
  }
  expect(priceAt(input, timeOf('2026-02-28'))?.amount).toBe('2');
  expect(priceAt(input, timeOf('2026-03-01'))?.amount).toBe('1.5');
  expect(input.prices.map((each) => changeOf(input, each))).toEqual([
    undefined,
    -0.25,
    1 / 1.5 - 1,
  ]);
  const free = {
    ...input,
    prices: [price('INPUT', '0', { validUntil: '2026-03-01' }), changed[2] as Price],
  };
  expect(changeOf(free, changed[2] as Price)).toBeUndefined();
});
