import { expect, test } from 'vitest';
import { domainOf, labelShifts, type Point, ticksOf } from './points.ts';

test('a logarithmic axis has round values', () => {
  expect(ticksOf([0.09, 3])).toEqual([0.1, 0.2, 0.5, 1, 2]);
  expect(ticksOf([900, 2_100_000])).toEqual([1_000, 10_000, 100_000, 1_000_000]);
});

test('no point stands on the edge', () => {
  const [least, most] = domainOf([0.1, 20]);
  expect(least).toBeLessThan(0.1);
  expect(most).toBeGreaterThan(20);
  expect(domainOf([])).toEqual([1, 10]);
});

test('labels of points at the same place stand apart', () => {
  const point = { context: 128_000, price: 1 } as Point;
  const shifts = labelShifts([point, point, point], [1_000, 1_000_000], [0.1, 10]);
  expect(new Set(shifts).size).toBe(3);
  const far = { context: 2_000, price: 9 } as Point;
  expect(labelShifts([point, far], [1_000, 1_000_000], [0.1, 10])).toEqual([0, 0]);
});
