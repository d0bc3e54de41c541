import { expect, test } from 'vitest';
import { kindsOf, sizeOfPage } from './kinds.ts';

test('changes are counted by what they are of, whatever was done', () => {
  expect(
    kindsOf([
      { type: 'MODEL', count: 3 },
      { type: 'SUPPLIER', count: 1 },
      { type: 'MODEL', count: 2 },
    ]),
  ).toEqual([
    { type: 'MODEL', count: 5 },
    { type: 'SUPPLIER', count: 1 },
  ]);
});

test('a page never asks for more than the change set has', () => {
  expect(sizeOfPage(1, 120, false)).toBe(50);
  expect(sizeOfPage(3, 120, false)).toBe(20);
  expect(sizeOfPage(4, 120, false)).toBe(0);
});

test('the very first change is on the first page, and not asked for again', () => {
  expect(sizeOfPage(1, 120, true)).toBe(49);
  expect(sizeOfPage(2, 120, true)).toBe(50);
  expect(sizeOfPage(1, 1, true)).toBe(0);
});
