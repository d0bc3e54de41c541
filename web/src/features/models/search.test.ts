import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { pageOf } from '../../console/address.ts';
import { parseSearch, stringifySearch } from '../../console/search-params.ts';
import {
  change,
  conditionsOf,
  countConditions,
  DEFAULT_SEARCH,
  modelsSearch,
  withoutConditions,
} from './search.ts';
import { orderOf, whereOf } from './where.ts';

const read = (address: string) => v.parse(modelsSearch, parseSearch(address));
const whereAt = (address: string) => whereOf(conditionsOf(read(address)));
const pageAt = (address: string) => {
  const search = read(address);
  return pageOf(search, search.size);
};

describe('an address', () => {
  test('that says nothing is the whole list by name', () => {
    expect(read('')).toEqual(DEFAULT_SEARCH);
    expect(whereAt('')).toEqual({});
    expect(orderOf(read(''))).toEqual([{ field: 'NAME', direction: 'ASC' }]);
    expect(pageAt('')).toEqual({ first: 50 });
  });

  test('becomes the conditions of the schema', () => {
    expect(
      whereAt(
        '?q=gpt&supplier=openai&supplier=azure&type=language&subType=chat&stage=active&stage=draft' +
          '&capability=tool_calling&capability=vision&category=llm%2Fchat&minContext=200000' +
          '&maxInput=2.5&minOutput=0.1&active=no&deleted=include',
      ),
    ).toEqual({
      search: 'gpt',
      supplier: { name: { in: ['openai', 'azure'] } },
      modelType: { in: ['LANGUAGE'] },
      subType: { in: ['chat'] },
      lifecycleStage: { in: ['ACTIVE', 'DRAFT'] },
      capabilities: { allOf: ['tool_calling', 'vision'] },
      category: { path: 'llm/chat', includeDescendants: true },
      parameters: [{ name: 'context_window', gte: 200_000 }],
      prices: [
        { component: 'INPUT', lte: '2.5' },
        { component: 'OUTPUT', gte: '0.1' },
      ],
      isActive: { eq: false },
      deleted: 'INCLUDE',
    });
  });

  test('comes back as it was, whatever is in it', () => {
    const search = change(DEFAULT_SEARCH, {
      q: 'a&b=c + "ü" 模型',
      supplier: ['x/y', 'z'],
      minContext: 128_000,
      descending: true,
      sort: 'input',
      after: 'cursor==',
      page: 3,
    });
    expect(read(stringifySearch(search))).toEqual(search);
  });

  test.each([
    ['?free=without', { not: { prices: [{ component: 'INPUT', lte: '0' }] } }],
    [
      '?free=only&minOutput=1',
      {
        prices: [
          { component: 'OUTPUT', gte: '1' },
          { component: 'INPUT', lte: '0' },
        ],
      },
    ],
    ['?type=robot&type=language', { modelType: { in: ['LANGUAGE'] } }],
    ['?minContext=many&maxContext=-1', {}],
    ['?minContext=1e400', {}],
    ['?minInput=1,5&maxInput=abc', {}],
    ['?active=maybe&deleted=all&stage=', {}],
    ['?category=llm&category=vision', {}],
    ['?unknown=x', {}],
  ])('that can not be read says as much as can be: %s', (address, where) => {
    expect(whereAt(address)).toEqual(where);
  });

  test('names no sort, size or page that there isn’t', () => {
    const { sort, size, page } = read('?sort=colour&size=1000&page=-2');
    expect({ sort, size, page }).toEqual({ sort: 'name', size: 50, page: 1 });
  });

  test('takes at most 500 characters of text', () => {
    expect(read(`?q=${'x'.repeat(501)}`).q).toBe('');
  });
});

describe('a page of the list', () => {
  test('is named by the cursor of its end', () => {
    expect(pageAt('?after=a&size=25')).toEqual({ first: 25, after: 'a' });
    expect(pageAt('?before=b&size=25')).toEqual({ last: 25, before: 'b' });
  });

  test('is the first again when something else is chosen', () => {
    const search = read('?after=a&page=4&sort=output&size=25&q=x');
    expect(change(search, { supplier: ['openai'] })).toMatchObject({
      after: '',
      page: 1,
      size: 25,
    });
    expect(withoutConditions(search)).toMatchObject({ q: '', sort: 'output', size: 25 });
  });
});

test('rows that are alike are sorted by name', () => {
  expect(orderOf(read('?sort=context&descending=true'))).toEqual([
    { parameter: 'context_window', direction: 'DESC' },
    { field: 'NAME' },
  ]);
});

test('a filter is not counted under itself', () => {
  const conditions = conditionsOf(read('?supplier=openai&type=language&category=llm'));
  expect(whereOf(conditions, 'supplier')).not.toHaveProperty('supplier');
  expect(whereOf(conditions, 'supplier')).toHaveProperty('modelType');
  expect(whereOf(conditions, 'category')).not.toHaveProperty('category');
});

test('conditions are counted by kind', () => {
  expect(countConditions(read('?supplier=a&supplier=b&maxInput=0&sort=input'))).toBe(2);
});
