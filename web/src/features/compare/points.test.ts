import { expect, test } from 'vitest';
import { domainOf, labelPlace, labelShifts, type Point, ticksOf } from './points.ts';

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

test('a name stands where no edge of the chart cuts it off', () => {
  const place = (name: string, at: number, isLeft = false) =>
    labelPlace(name, at, { width: 320, isLeft });
  expect(place('Ling', 100)).toEqual({ x: 14, y: 0, anchor: 'start' });
  expect(place('Ling', 100, true)).toEqual({ x: -14, y: 0, anchor: 'end' });
  expect(place('Ling-2.6-flash', 250).anchor).toBe('end');
  expect(place('Ling-2.6-flash', 60, true).anchor).toBe('start');
  expect(place('手机上的中等模型', 220).anchor).toBe('end');
  expect(place('A name that has room on neither side', 160)).toEqual({
    x: -92,
    y: -14,
    anchor: 'start',
  });
});
