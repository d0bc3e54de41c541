import { expect, test } from 'vitest';
import { beginsWith, type CalledModel, rankModels, rankSuppliers } from './rank.ts';

let ids = 0;

function model(supplier: string, name: string, more: Partial<CalledModel> = {}) {
  ids += 1;
  return { id: String(ids), name, supplier: { name: supplier }, ...more };
}

function ranked(models: readonly ReturnType<typeof model>[], text: string) {
  return rankModels(models, text).map(({ name, supplier }) => `${supplier.name}: ${name}`);
}

test('who is called exactly so comes before who begins so, holds the words, or tells of them', () => {
  const models = [
    model('a', 'magnum-v4', { displayName: 'Magnum v4 72B' }),
    model('a', 'anthropic-claude-sonnet'),
    model('a', 'claude-3-sonnet'),
    model('a', 'claude-sonnet-4'),
    model('a', 'claude-sonnet'),
  ];
  expect(ranked(models, 'Claude  sonnet')).toEqual([
    'a: claude-sonnet',
    'a: claude-sonnet-4',
    'a: claude-3-sonnet',
    'a: anthropic-claude-sonnet',
    'a: magnum-v4',
  ]);
});

test('a display name and an alias are names too', () => {
  const models = [
    model('a', 'gpt-5-mini'),
    model('a', 'x', { displayName: 'GPT-5' }),
    model('b', 'y', { aliases: [{ alias: 'gpt-5' }] }),
  ];
  expect(ranked(models, 'gpt-5')).toEqual(['b: y', 'a: x', 'a: gpt-5-mini']);
});

test('of models with one name the first is that of who makes it', () => {
  const models = [
    model('azure', 'gpt-5'),
    model('azure', 'azure/gpt-5'),
    model('databricks', 'gpt-5'),
    model('openai', 'gpt-5'),
    model('openrouter', 'openai/gpt-5'),
  ];
  expect(ranked(models, 'gpt-5').slice(0, 3)).toEqual([
    'openai: gpt-5',
    'azure: gpt-5',
    'databricks: gpt-5',
  ]);
});

test('the newest come first, and each once', () => {
  const old = model('a', 'claude-sonnet-3', { releasedOn: '2024-03' });
  const recent = model('a', 'claude-sonnet-4', { releasedOn: '2025-05-22' });
  const unknown = model('a', 'claude-sonnet-2');
  expect(ranked([unknown, old, recent, old], 'claude')).toEqual([
    'a: claude-sonnet-4',
    'a: claude-sonnet-3',
    'a: claude-sonnet-2',
  ]);
});

test('suppliers whose name begins so come first', () => {
  const suppliers = [
    { id: '1', name: 'google-vertex-anthropic', displayName: 'Vertex (Anthropic)' },
    { id: '2', name: 'sap', displayName: 'SAP' },
    { id: '3', name: 'anthropic', displayName: 'Anthropic' },
  ];
  const found = rankSuppliers(suppliers, 'anthro');
  expect(found.map(({ name }) => name)).toEqual(['anthropic', 'google-vertex-anthropic', 'sap']);
  expect(found.map((supplier) => beginsWith(supplier, 'anthro'))).toEqual([true, false, false]);
});
