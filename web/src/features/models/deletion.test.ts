import { expect, test } from 'vitest';
import { deletionOf } from './deletion.ts';
import type { ModelRow } from './documents.ts';

const rows = (count: number, deletedAt: string | null = null) =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, deletedAt }) as ModelRow);

test('a few rows that are shown are deleted unasked', () => {
  expect(deletionOf({ rows: rows(20), hidden: [] })).toEqual({
    count: 20,
    hidden: 0,
    isAsked: false,
  });
});

test('it is asked before many rows are deleted, or any that is not shown', () => {
  expect(deletionOf({ rows: rows(21), hidden: [] }).isAsked).toBe(true);
  expect(deletionOf({ rows: rows(2), hidden: rows(1) })).toEqual({
    count: 2,
    hidden: 1,
    isAsked: true,
  });
});

test('what is deleted already does not count', () => {
  const deleted = rows(30, '2026-01-01T00:00:00Z');
  expect(deletionOf({ rows: [...rows(1), ...deleted], hidden: deleted })).toEqual({
    count: 1,
    hidden: 0,
    isAsked: false,
  });
});
