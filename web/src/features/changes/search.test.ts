import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { change, changesSearch, countConditions, DEFAULT_CHANGES, whereOf } from './search.ts';

const read = (address: object) => v.parse(changesSearch, address);

test('an address that says nothing asks for everything', () => {
  expect(whereOf(DEFAULT_CHANGES)).toEqual({});
  expect(countConditions(DEFAULT_CHANGES)).toBe(0);
});

test('all conditions come to those of the schema', () => {
  const search = read({
    actor: 'token:ci',
    channel: ['IMPORT', 'GRAPHQL'],
    operation: 'updateModel',
    type: 'MODEL',
    revert: 'no',
    object: 'Model:7',
    since: '2026-11-01',
  });
  expect(countConditions(search)).toBe(7);
  expect(whereOf(search)).toEqual({
    actors: ['token:ci'],
    channels: ['GRAPHQL', 'IMPORT'],
    operations: ['updateModel'],
    types: ['MODEL'],
    isRevert: false,
    ids: ['Model:7'],
    since: new Date('2026-11-01T00:00:00').toISOString(),
  });
});

test('a day ends with its last millisecond', () => {
  const { until } = whereOf(read({ until: '2026-11-30' }));
  expect(new Date(until ?? '').getTime() + 1).toBe(new Date('2026-12-01T00:00:00').getTime());
});

describe('what can not be read is as if it were not there', () => {
  test.each([
    { channel: 'PIGEON' },
    { type: ['NOTHING'] },
    { since: 'yesterday' },
    { until: '2026-13-45' },
    { revert: 'perhaps' },
    { page: '-1' },
    { actor: { not: 'a text' } },
  ])('%j', (address) => {
    expect(read(address)).toEqual(DEFAULT_CHANGES);
  });
});

test('what is chosen anew begins at the first page', () => {
  const search = read({ page: '3', after: 'x', actor: 'a' });
  expect(change(search, { channel: ['CLI'] })).toMatchObject({ page: 1, after: '', actor: ['a'] });
});
