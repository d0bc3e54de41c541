import { expect, test } from 'vitest';
import { steady } from './steady.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id, isReverted: false }));

test('what comes is shown where nobody reads further down', () => {
  expect(steady(rows('b', 'a'), rows('c', 'b'), false)).toEqual({
    rows: rows('c', 'b'),
    waiting: 0,
  });
});

test('what is read stays, and what came is counted', () => {
  expect(steady(rows('b', 'a'), rows('d', 'c', 'b'), true)).toEqual({
    rows: rows('b', 'a'),
    waiting: 2,
  });
});

test('a row that stays shows what became of it', () => {
  const [b, a] = rows('b', 'a');
  const reverted = { id: 'b', isReverted: true };
  expect(steady([b, a] as never, [reverted], true).rows).toEqual([reverted, a]);
});

test('an empty list has nothing to hold', () => {
  expect(steady(undefined, rows('a'), true).rows).toEqual(rows('a'));
  expect(steady([], rows('a'), true).rows).toEqual(rows('a'));
});
