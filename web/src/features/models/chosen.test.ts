import { expect, test } from 'vitest';
import { uncounted, withChosen } from './chosen.ts';

const COUNTS = [{ value: 'openai', label: 'OpenAI', count: 3 }];

test('what was chosen and has no count keeps its name', () => {
  const names = [{ name: 'nebius', displayName: 'Nebius Token Factory' }];
  expect(withChosen(COUNTS, ['openai', 'nebius', 'gone'], names)).toEqual([
    ...COUNTS,
    { value: 'nebius', label: 'Nebius Token Factory', count: 0 },
    { value: 'gone', label: null, count: 0 },
  ]);
});

test('only what has no count is asked for', () => {
  expect(uncounted(COUNTS, ['openai', 'nebius'])).toEqual(['nebius']);
});
