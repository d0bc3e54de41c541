import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from '../../console/search-params.ts';
import { DEFAULT_SEARCH } from '../models/search.ts';
import {
  ALL_MODELS,
  amongOf,
  chosenOf,
  compareSearch,
  countedPer,
  DEFAULT_COMPARE,
  searchAmong,
} from './search.ts';

const read = (search: string) => v.parse(compareSearch, parseSearch(search));

test('models are read however their ids are written', () => {
  for (const search of ['?models=1&models=2', '?models=1,2', '?models=Model:1,Model:2,1']) {
    expect(read(search).models).toEqual(['1', '2']);
  }
});

test('what is no id is kept, to be told; what is more than six is left out', () => {
  const search = read('?models=1,2,x,3,4,5,6,7,0,99999999999999999999');
  expect(chosenOf(search.models)).toEqual({
    ids: ['1', '2', '3', '4', '5', '6'],
    tooMany: ['7'],
    unreadable: ['x', '0', '99999999999999999999'],
  });
});

test('an address is read as it was written', () => {
  const search = {
    ...DEFAULT_COMPARE,
    models: ['7', '3'],
    differences: true,
    per: 'request',
    input: 0,
    mode: 'batch',
    currency: 'CNY',
    among: '?type=language&capability=tool_calling',
  } as const;
  expect(read(stringifySearch(search))).toEqual(search);
});

test.each([
  'input=-1',
  'input=1.5',
  'input=x',
  'mode=slow',
  'per=day',
  'currency=usd',
  'chart=area',
])('%s is as if it were not there', (part) => {
  expect(read(`?${part}`)).toEqual(DEFAULT_COMPARE);
});

test('the same use is counted by the month or by the request', () => {
  const byRequest = { ...DEFAULT_COMPARE, ...countedPer(DEFAULT_COMPARE, 'request') };
  expect(byRequest).toMatchObject({ per: 'request', input: 10_000, cached: 0, output: 2_000 });
  expect({ ...byRequest, ...countedPer(byRequest, 'month') }).toEqual(DEFAULT_COMPARE);
  expect(countedPer({ ...DEFAULT_COMPARE, requests: 0 }, 'request')).toEqual({ per: 'request' });
});

test('the other models are those of the table, in its order', () => {
  const table = { ...DEFAULT_SEARCH, q: 'gpt', sort: 'input' as const, descending: true };
  expect(amongOf(table)).toBe('?q=gpt&sort=input&descending=true');
  expect(searchAmong(amongOf(table))).toEqual(table);
  expect(amongOf({ ...DEFAULT_SEARCH, size: 100, page: 3 })).toBe(ALL_MODELS);
  expect(searchAmong(ALL_MODELS)).toEqual(DEFAULT_SEARCH);
});
