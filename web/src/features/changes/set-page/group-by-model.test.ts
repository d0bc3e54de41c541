import { expect, test } from 'vitest';
import { groupByModel } from './group-by-model.ts';

test('neighbours of one model are one group, and so are those of none', () => {
  const changes = ['a', 'a', null, undefined, 'b', 'a'].map((id, number) => ({
    number,
    model: id == null ? null : { id },
  }));
  expect(groupByModel(changes).map((group) => group.map(({ number }) => number))).toEqual([
    [0, 1],
    [2, 3],
    [4],
    [5],
  ]);
});
