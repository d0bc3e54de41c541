import { expect, test } from 'vitest';
import { groupBySet } from './group-by-set.ts';

test('neighbours of one change set are one group', () => {
  const changes = ['a', 'a', 'b', 'a'].map((id, number) => ({ number, changeSet: { id } }));
  expect(groupBySet(changes).map((group) => group.map(({ number }) => number))).toEqual([
    [0, 1],
    [2],
    [3],
  ]);
  expect(groupBySet([])).toEqual([]);
});
