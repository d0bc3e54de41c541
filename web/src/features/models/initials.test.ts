import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';

test.each([
  ['OpenAI', 'OP'],
  ['Amazon Bedrock', 'AB'],
  ['z-ai', 'ZA'],
  ['Alibaba (China)', 'AC'],
  ['通义千问', '通'],
  ['MiniMax · 稀宇科技', 'MI'],
  ['', '?'],
])('%s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a name has one hue', () => {
  expect(hueOf('OpenAI')).toBe(hueOf('OpenAI'));
  expect(hueOf('x'.repeat(10_000))).toBeLessThan(360);
});
