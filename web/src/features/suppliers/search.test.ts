import * as v from 'valibot';
import { expect, test } from 'vitest';
import { suppliersSearch, variablesOf } from './search.ts';

const read = (search: unknown) => variablesOf(v.parse(suppliersSearch, search));

test('an address is asked as the schema asks', () => {
  expect(
    read({ q: ' open ', active: 'no', deleted: 'only', sort: 'models', descending: 'true' }),
  ).toEqual({
    where: { search: 'open', isActive: { eq: false }, deleted: 'ONLY' },
    orderBy: [{ field: 'MODEL_COUNT', direction: 'DESC' }, { field: 'NAME' }],
    first: 50,
  });
  expect(read({ before: 'x', page: '2' })).toEqual({
    where: {},
    orderBy: [{ field: 'NAME', direction: 'ASC' }],
    last: 50,
    before: 'x',
  });
});

test('what an address says and nobody can read is dropped', () => {
  expect(read({ active: 'perhaps', deleted: 7, sort: 'logo', page: '-1', q: ['a'] })).toEqual({
    where: {},
    orderBy: [{ field: 'NAME', direction: 'ASC' }],
    first: 50,
  });
});
