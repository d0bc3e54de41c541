import { expect, test } from 'vitest';
import { countFields, findChanged, remembering } from './changed.ts';

const change = (field: string, before: string | null, after: string | null) => ({
  field,
  before,
  after,
});
const CHANGED = [
  { record: 'openai', fields: [change('base_url', null, 'https://api.openai.com')] },
  {
    record: 'openai/gpt-4o',
    fields: [change('parameters.context_window', '128000', '200000'), change('prices', '5', '4')],
  },
  { record: 'mistral/large', fields: [change('prices', '2', null)] },
];
const found = (text: string, field?: string) =>
  findChanged(CHANGED, text, field, () => []).map(({ record }) => record);

test('fields are counted by record, the most frequent first', () => {
  expect(countFields(CHANGED)).toEqual([
    { field: 'prices', count: 2 },
    { field: 'base_url', count: 1 },
    { field: 'parameters.context_window', count: 1 },
  ]);
});

test('records are found by all words, wherever each stands', () => {
  expect(found('')).toHaveLength(3);
  expect(found('OPENAI')).toEqual(['openai', 'openai/gpt-4o']);
  expect(found('openai 200000')).toEqual(['openai/gpt-4o']);
  expect(found('nothing')).toEqual([]);
});

test('records are found by a field, and words within them', () => {
  expect(found('', 'prices')).toEqual(['openai/gpt-4o', 'mistral/large']);
  expect(found('mistral', 'prices')).toEqual(['mistral/large']);
  expect(found('', 'logo')).toEqual([]);
});

test('records are found by what is shown of them, which is put into words once', () => {
  let times = 0;
  const tell = remembering(({ field }) => {
    times += 1;
    return field === 'base_url' ? ['基础地址'] : [];
  });
  const find = () => findChanged(CHANGED, '地址', undefined, tell).map(({ record }) => record);
  expect(find()).toEqual(['openai']);
  expect(find()).toEqual(['openai']);
  expect(times).toBe(4);
});
