import { expect, test } from 'vitest';
import { guessFormat } from './formats.ts';

const OPENAI =
  '{"openai":{"id":"openai","env":["OPENAI_API_KEY"],"models":{"gpt-4o":{"id":"gpt-4o"}}}}';

test.each([
  ['api.json', OPENAI, 'models-dev'],
  ['prices.json', '{\n  "gpt-4o": {\n    "litellm_provider": "openai"', 'litellm'],
  ['models.json', '\ufeff{ "data": [ {"id":"openai/gpt-4o"', 'openrouter'],
  ['export', '{"format":"modelry","version":1}\n{"kind":"supplier"', 'modelry'],
])('%s is known by what stands in it', (name, head, format) => {
  expect(guessFormat(name, head)).toBe(format);
});

test('what stands in a file counts for more than its name', () => {
  expect(guessFormat('litellm.json', OPENAI)).toBe('models-dev');
});

test.each([
  ['models-dev-2026-03-16.json', 'models-dev'],
  ['api.json', 'models-dev'],
  ['api (1).json', 'models-dev'],
  ['model_prices_and_context_window.json', 'litellm'],
  ['openrouter-models.json', 'openrouter'],
  ['starter.jsonl', 'modelry'],
])('%s is known by its name', (name, format) => {
  expect(guessFormat(name, '{}')).toBe(format);
});

test('a file that tells nothing is not guessed at', () => {
  expect(guessFormat('data.json', '[1, 2]')).toBeUndefined();
});
