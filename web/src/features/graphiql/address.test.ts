import { expect, test } from 'vitest';
import { operationOf } from './address.ts';

test('the operation stands behind the #', () => {
  const hash = `#${new URLSearchParams({ query: 'query Q { a }', variables: '{"x": "&=#"}' })}`;
  expect(operationOf(hash)).toEqual({ query: 'query Q { a }', variables: '{"x": "&=#"}' });
});

test.each(['', '#', '#section', '#query=', '#variables=%7B%7D'])(
  'there is none in "%s"',
  (hash) => {
    expect(operationOf(hash)).toBeUndefined();
  },
);
