import { expect, test } from 'vitest';
import type { ChangeSetRow } from './documents.ts';
import { fold } from './fold.ts';

const row = (second: number, changed: Partial<ChangeSetRow> = {}) => ({
  actor: 'session:first',
  channel: 'GRAPHQL' as const,
  operation: 'deleteModel',
  reason: null,
  createdAt: new Date(Date.UTC(2026, 10, 26, 12, 0, second)).toISOString(),
  source: null,
  reverts: null,
  revertedBy: null,
  summary: [{ type: 'MODEL' as const, operation: 'DELETE' as const, count: 1 }],
  ...changed,
});

const sizesOf = (...rows: ReturnType<typeof row>[]) => fold(rows).map(({ length }) => length);

test('many of a kind are one group', () => {
  expect(sizesOf(row(59), row(40), row(20), row(0))).toEqual([4]);
  expect(sizesOf()).toEqual([]);
});

test('two of a kind stay two', () => {
  expect(sizesOf(row(2), row(1))).toEqual([1, 1]);
});

test('what somebody else did, or did otherwise, or gave a reason for, parts them', () => {
  for (const changed of [
    { actor: 'token:other' },
    { channel: 'CLI' as const },
    { operation: 'updateModel' },
    { reason: 'Not like the others' },
    { revertedBy: { id: 'ChangeSet:9' } },
    { source: { name: null, format: 'models-dev', date: null } },
  ]) {
    expect(sizesOf(row(4), row(3), row(2, changed), row(1), row(0))).toEqual([1, 1, 1, 1, 1]);
  }
});

test('a set of several objects is one of its own', () => {
  const summary = [{ type: 'MODEL' as const, operation: 'DELETE' as const, count: 2 }];
  expect(sizesOf(row(2, { summary }), row(1, { summary }), row(0, { summary }))).toEqual([1, 1, 1]);
});

test('what lies more than a minute apart is no one piece of work', () => {
  expect(sizesOf(row(100), row(99), row(98), row(2), row(1), row(0))).toEqual([3, 3]);
});
