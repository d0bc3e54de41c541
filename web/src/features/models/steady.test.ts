import { expect, test } from 'vitest';
import { steady } from './steady.ts';

const before = [
  { id: 'a', prices: [1] },
  { id: 'b', prices: [2] },
];
const copy = () => structuredClone(before);

test('the same rows are the same objects', () => {
  expect(steady(before, copy())).toBe(before);
});

test('only the row that differs is another object', () => {
  const rows = copy();
  rows[1]?.prices.push(3);
  const found = steady(before, rows);
  expect(found?.[0]).toBe(before[0]);
  expect(found?.[1]).toBe(rows[1]);
});

test('rows that moved, came or went are told from those that stayed', () => {
  const found = steady(before, [{ id: 'b', prices: [2] }]);
  expect(found).toEqual([before[1]]);
  expect(found?.[0]).toBe(before[1]);
  expect(steady(undefined, before)).toBe(before);
  expect(steady(before, undefined)).toBeUndefined();
});
