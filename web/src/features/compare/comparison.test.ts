import { expect, test } from 'vitest';
import { differ, linesOf } from './comparison.ts';

const models = [
  { has: [{ name: 'b', size: 1 }] },
  {
    has: [
      { name: 'a', size: 2 },
      { name: 'b', size: 3 },
    ],
  },
  { has: [] },
];

test('what any of them has is a line, with a gap for who lacks it', () => {
  const lines = linesOf(
    models,
    ({ has }) => has,
    ({ name }) => name,
    (one, other) => one.localeCompare(other),
  );
  expect(lines.map(({ key, values }) => [key, values.map((value) => value?.size)])).toEqual([
    ['a', [undefined, 2, undefined]],
    ['b', [1, 3, undefined]],
  ]);
});

test.each([
  [[1, 1], false],
  [[1, '1'], true],
  [[undefined, null], false],
  [[undefined, false], true],
  [[{ a: [1] }, { a: [1] }], false],
  [['x'], false],
])('%j differ: %s', (values, expected) => {
  expect(differ(values)).toBe(expected);
});
