import { expect, test } from 'vitest';
import { concernsOthers, setBefore } from './reach.ts';

const ends = (...ids: [objectId: string, model: string | null][]) => ({
  first: {
    nodes: ids.map(([objectId, model]) => ({ objectId, model: model ? { id: model } : null })),
  },
  last: { nodes: [] },
});

test('a model and its parts are no others', () => {
  const set = ends(['Model:1', 'Model:1'], ['ModelPrice:7', 'Model:1']);
  expect(concernsOthers(set, 'Model:1')).toBe(false);
});

test('another model, and what belongs to none, are others', () => {
  expect(concernsOthers(ends(['ModelPrice:7', 'Model:2']), 'Model:1')).toBe(true);
  expect(concernsOthers(ends(['Supplier:1', null]), 'Model:1')).toBe(true);
  expect(concernsOthers(ends(['Supplier:1', null]), 'Supplier:1')).toBe(false);
});

test('others at the end of a long change set are seen', () => {
  const set = { ...ends(['Model:1', 'Model:1']), last: ends(['Model:2', 'Model:2']).first };
  expect(concernsOthers(set, 'Model:1')).toBe(true);
});

test('the change set before is another one, if there is one', () => {
  expect(setBefore('ChangeSet:5', [{ id: 'ChangeSet:5' }, { id: 'ChangeSet:2' }])).toBe(
    'ChangeSet:2',
  );
  expect(setBefore('ChangeSet:5', [{ id: 'ChangeSet:2' }])).toBe('ChangeSet:2');
  expect(setBefore('ChangeSet:5', [{ id: 'ChangeSet:5' }])).toBeUndefined();
});
