import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  choice,
  countPages,
  countSet,
  FIRST_PAGE,
  flag,
  number,
  oneOf,
  page,
  pageOf,
  placeAfter,
  placeBefore,
  someOf,
  text,
  texts,
} from './address.ts';

describe('what an address says', () => {
  test('is taken where it can be read', () => {
    expect(v.parse(text, ' gpt ')).toBe('gpt');
    expect(v.parse(texts, ['a', 'b', 'a'])).toEqual(['a', 'b']);
    expect(v.parse(texts, 'a')).toEqual(['a']);
    expect(v.parse(someOf(['a', 'b']), ['b', 'x'])).toEqual(['b']);
    expect(v.parse(oneOf(['a', 'b']), 'b')).toBe('b');
    expect(v.parse(choice(['a', 'b']), 'b')).toBe('b');
    expect([true, 'true', 'yes', 1].map((given) => v.parse(flag, given))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(v.parse(number, '7')).toBe(7);
    expect(v.parse(page, '7')).toBe(7);
  });

  test('is as if it were not there where it cannot', () => {
    expect(v.parse(text, 'x'.repeat(501))).toBe('');
    expect(v.parse(texts, [1, ''])).toEqual([]);
    expect(v.parse(oneOf(['a']), 'x')).toBeUndefined();
    expect(v.parse(choice(['a', 'b']), 'x')).toBe('a');
    expect(v.parse(choice(['a', 'b'], 'b'), undefined)).toBe('b');
    expect(['0', '1.5', 'x', undefined].map((given) => v.parse(number, given))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(['0', 'x', undefined].map((given) => v.parse(page, given))).toEqual([1, 1, 1]);
  });
});

test('conditions that are set are counted, nought among them', () => {
  expect(countSet({ q: '', supplier: [], type: ['a'], least: 0, most: undefined })).toBe(2);
});

describe('a page', () => {
  const pageInfo = {
    hasNextPage: true,
    hasPreviousPage: true,
    startCursor: 'start',
    endCursor: 'end',
  };

  test('is asked for by the cursor that its place names', () => {
    expect(pageOf(FIRST_PAGE, 50)).toEqual({ first: 50 });
    expect(pageOf({ after: 'a', before: '' }, 50)).toEqual({ first: 50, after: 'a' });
    expect(pageOf({ after: '', before: 'b' }, 50)).toEqual({ last: 50, before: 'b' });
  });

  test('has one after it and one before it', () => {
    expect(placeAfter(FIRST_PAGE, pageInfo)).toEqual({ page: 2, after: 'end', before: '' });
    const third = { page: 3, after: 'a', before: '' };
    expect(placeBefore(third, pageInfo)).toEqual({ page: 2, after: '', before: 'start' });
  });

  test('has the first before it where that is next, or where nothing tells another', () => {
    expect(placeBefore({ page: 2, after: 'a', before: '' }, pageInfo)).toEqual(FIRST_PAGE);
    const empty = { hasNextPage: false, hasPreviousPage: true, startCursor: null };
    expect(placeBefore({ page: 3, after: 'a', before: '' }, empty)).toEqual(FIRST_PAGE);
  });

  test('is one of as many as it takes, and of one at least', () => {
    expect(countPages(undefined, 50)).toBeUndefined();
    expect([0, 50, 51].map((total) => countPages(total, 50))).toEqual([1, 1, 2]);
  });
});
