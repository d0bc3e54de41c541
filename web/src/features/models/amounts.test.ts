import { expect, test } from 'vitest';
import { parseAmount, parseTokens, writeTokens } from './amounts.ts';

test.each([
  ['200000', 200_000],
  ['200k', 200_000],
  [' 1.5M ', 1_500_000],
  ['2B', 2_000_000_000],
  ['128,000', 128_000],
  ['128 K', 128_000],
  ['0', 0],
  ['-1', null],
  ['many', null],
  ['1e6', null],
])('%s tokens', (text, value) => {
  expect(parseTokens(text)).toBe(value);
});

test.each([0, 999, 1_000, 8_192, 128_000, 131_072, 1_000_000, 1_048_576, 1_050_000])(
  'what is written of %d is read as it',
  (value) => {
    expect(parseTokens(writeTokens(value))).toBe(value);
  },
);

test.each([
  ['0.25', '0.25'],
  ['$3', '3'],
  ['.5', '0.5'],
  ['3.', '3'],
  ['1,5', null],
  ['-1', null],
  ['', null],
])('an amount of %s', (text, value) => {
  expect(parseAmount(text)).toBe(value);
});
