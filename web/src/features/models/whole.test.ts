import { expect, test } from 'vitest';
import { countWhole } from './whole.ts';

const rows = [{}, {}];
const pageInfo = { hasNextPage: false, hasPreviousPage: false };
const FIRST = { after: '', before: '' };

test('a list of one page is counted by its rows', () => {
  expect(countWhole({ rows, pageInfo, isOfThis: true }, FIRST)).toBe(2);
  expect(countWhole({ rows: [], pageInfo, isOfThis: true }, FIRST)).toBe(0);
});

test('a list of more pages, and one that is not there yet, is not', () => {
  const more = { ...pageInfo, hasNextPage: true };
  expect(countWhole({ rows, pageInfo: more, isOfThis: true }, FIRST)).toBeUndefined();
  expect(countWhole({ rows, pageInfo, isOfThis: true }, { ...FIRST, after: 'x' })).toBeUndefined();
  expect(countWhole({ rows, pageInfo, isOfThis: false }, FIRST)).toBeUndefined();
  expect(
    countWhole({ rows: undefined, pageInfo: undefined, isOfThis: true }, FIRST),
  ).toBeUndefined();
});
