import * as v from 'valibot';
import { expect, test } from 'vitest';
import { capabilitiesSearch, inView, listOf, MOST_COLUMNS, matrixOf } from './search.ts';

const read = (search: unknown) => v.parse(capabilitiesSearch, search);

test('the matrix is asked for what its address says', () => {
  expect(matrixOf(read({ q: 'gpt', supplier: 'openai', after: 'x', page: '2' }))).toEqual({
    where: { search: 'gpt', supplier: { name: { in: ['openai'] } } },
    first: 30,
    after: 'x',
  });
});

test('the list is asked for what its address says', () => {
  expect(listOf(read({ view: 'list', domain: 'audio', deleted: 'true', sort: 'domain' }))).toEqual({
    where: { domain: { eq: 'AUDIO' }, deleted: 'INCLUDE' },
    orderBy: [{ field: 'DOMAIN', direction: 'ASC' }, { field: 'DISPLAY_NAME' }],
    first: 50,
  });
});

test('what nobody can read is dropped, and columns stay when the view changes', () => {
  const search = read({ view: 'cube', domain: 'x', column: ['vision', 'vision'], q: 'x' });
  expect(search.view).toBe('matrix');
  expect(search.domain).toBeUndefined();
  expect(search.column).toEqual(['vision']);
  expect(inView(search, 'list')).toMatchObject({ view: 'list', q: '', column: ['vision'] });
  const many = Array.from({ length: 40 }, (_, index) => `c${index}`);
  expect(read({ column: many }).column).toHaveLength(MOST_COLUMNS);
});
