import { describe, expect, test } from 'vitest';
import { calendarOf, endOf, recordOf } from './calendar.ts';
import type { DeprecationRow } from './documents.ts';

const TODAY = '2026-11-26';

function row(name: string, steps: [string, 'DEPRECATED' | 'RETIRED'][], isActive = true) {
  return {
    model: {
      id: `Model:${name}`,
      name,
      displayName: null,
      isActive,
      isDefault: false,
      supplier: { id: 'Supplier:1', name: 'acme', displayName: 'Acme' },
    },
    successor: null,
    steps: steps.map(([on, stage]) => ({ on, stage, inEffect: on <= TODAY })),
  } as DeprecationRow;
}

const named = (months: { month: string; items: { model: { name: string } }[] }[]) =>
  months.map(({ month, items }) => [month, items.map(({ model }) => model.name)]);

test('each step stands in its own month, by day, and not beyond the window', () => {
  const rows = [
    row('b', [
      ['2026-12-20', 'DEPRECATED'],
      ['2027-03-01', 'RETIRED'],
    ]),
    row('a', [
      ['2026-12-01', 'DEPRECATED'],
      ['2030-01-01', 'RETIRED'],
    ]),
  ];
  const { months } = calendarOf(rows, TODAY, '2027-12-01');
  expect(named(months)).toEqual([
    ['2026-12', ['a', 'b']],
    ['2027-03', ['b']],
  ]);
});

test('what is retired and still switched on is overdue; what is only deprecated is not', () => {
  const rows = [
    row('on', [['2026-10-01', 'RETIRED']]),
    row('off', [['2026-10-01', 'RETIRED']], false),
    row('deprecated', [['2026-10-01', 'DEPRECATED']]),
  ];
  const { overdue, past, months } = calendarOf(rows, TODAY, '2027-01-01');
  expect(overdue.map(({ model }) => model.name)).toEqual(['on']);
  expect(named(past)).toEqual([['2026-10', ['deprecated', 'off', 'on']]]);
  expect(months).toEqual([]);
});

test('today is yet to come', () => {
  expect(
    named(calendarOf([row('a', [[TODAY, 'DEPRECATED']])], TODAY, '2027-01-01').months),
  ).toEqual([['2026-11', ['a']]]);
});

describe('a window ends with a month', () => {
  test.each([
    ['3', '2026-11-26', '2027-03-01'],
    ['12', '2026-01-31', '2027-02-01'],
    ['6', '2026-06-30', '2027-01-01'],
    ['all', '2026-06-30', '2999-12-31'],
  ] as const)('%s months from %s end before %s', (window, today, end) => {
    expect(endOf(window, today)).toBe(end);
  });
});

test('a file names things as the schema does', () => {
  const [item] =
    calendarOf([row('a', [['2026-12-01', 'RETIRED']])], TODAY, '2027-01-01').months[0]?.items ?? [];
  expect(item && recordOf(item)).toEqual({
    on: '2026-12-01',
    stage: 'RETIRED',
    inEffect: false,
    supplier: 'acme',
    model: 'a',
    displayName: 'a',
    isActive: true,
    isDefault: false,
    successorSupplier: null,
    successor: null,
  });
});
