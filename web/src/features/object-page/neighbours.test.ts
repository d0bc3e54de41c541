import { expect, test } from 'vitest';
import { groupNeighbours } from './neighbours.ts';

const groupsOf = (keys: (string | undefined)[]) =>
  groupNeighbours(
    keys.map((key, number) => ({ key, number })),
    ({ key }) => key,
  ).map((group) => group.map(({ number }) => number));

test('neighbours with the same key are one group', () => {
  expect(groupsOf(['a', 'a', 'b', 'a'])).toEqual([[0, 1], [2], [3]]);
  expect(groupsOf([])).toEqual([]);
});

test('neighbours without a key are one group too', () => {
  expect(groupsOf(['a', undefined, undefined, 'b'])).toEqual([[0], [1, 2], [3]]);
});
