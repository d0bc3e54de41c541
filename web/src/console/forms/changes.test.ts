import { expect, test } from 'vitest';
import { changedFrom, isSame } from './changes.ts';
import { conflictFields } from './conflict-fields.ts';

test('what is empty is the same, however it is empty', () => {
  expect(isSame(undefined, null)).toBe(true);
  expect(isSame('', undefined)).toBe(true);
  expect(isSame(0, null)).toBe(false);
  expect(isSame(false, undefined)).toBe(false);
  expect(isSame({ a: [1, { b: '' }] }, { a: [1, {}] })).toBe(true);
  expect(isSame([1, 2], [2, 1])).toBe(false);
  expect(isSame([], {})).toBe(false);
});

test('an update has only what differs, and null for what was emptied', () => {
  const before = { name: 'a', note: 'b', count: 1, list: ['x'] };
  expect(changedFrom(before, { name: 'a', note: '', count: 2, list: ['x'] })).toEqual({
    note: null,
    count: 2,
  });
  expect(changedFrom(before, { ...before })).toEqual({});
});

test('a conflict names what I changed and would be different from what is there now', () => {
  const initial = { name: 'a', note: 'b', size: 1 };
  const mine = { name: 'mine', note: 'same', size: 1 };
  const theirs = { name: 'theirs', note: 'same', size: 9 };
  expect(conflictFields(initial, mine, theirs, undefined)).toEqual([
    { key: 'name', label: 'name', mine: 'mine', theirs: 'theirs' },
  ]);
  const describe = (key: string, value: unknown) => ({ label: `The ${key}`, text: `<${value}>` });
  expect(conflictFields(initial, mine, theirs, describe)[0]).toEqual({
    key: 'name',
    label: 'The name',
    mine: '<mine>',
    theirs: '<theirs>',
  });
});
