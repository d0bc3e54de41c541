import * as v from 'valibot';
import { expect, test } from 'vitest';
import { importSearch, isDay } from './search.ts';

test('an address says how a file is read and what is looked at', () => {
  const address = {
    format: 'litellm',
    asOf: '2026-05-25',
    find: 'gpt',
    field: 'prices',
    page: '3',
  };
  expect(v.parse(importSearch, address)).toEqual({ ...address, page: 3 });
});

test('what can’t be read is as if it weren’t there', () => {
  const address = { format: 'xml', asOf: '2026-02-31', find: ['a'], field: '', page: '-1', x: '1' };
  expect(v.parse(importSearch, address)).toEqual({
    format: undefined,
    asOf: undefined,
    find: '',
    field: undefined,
    page: 1,
  });
});

test('only days that there are count', () => {
  expect(['2026-02-28', '2028-02-29'].map(isDay)).toEqual([true, true]);
  expect(['2026-02-29', '2026-13-01', '2026-1-1', ''].map(isDay)).toEqual(Array(4).fill(false));
});
