import { expect, test } from 'vitest';
import { beginningOf } from './folding.ts';

test('a text that is hardly too long is shown whole', () => {
  expect(beginningOf('x'.repeat(800))).toHaveLength(800);
});

test('of a long text the beginning is shown, in whole characters', () => {
  expect(beginningOf('x'.repeat(801))).toHaveLength(600);
  expect(beginningOf(`${'x'.repeat(599)}${'🤖'.repeat(200)}`)).toBe('x'.repeat(599));
});
