import { expect, test } from 'vitest';
import {
  compareExact,
  type Exact,
  plus,
  readExact,
  shifted,
  times,
  writeExact,
  ZERO,
} from './exact.ts';

const exact = (text: string): Exact => readExact(text) ?? ZERO;

test.each(['0', '1', '0.1', '-2.5', '12345678901234567890.123456789012'])(
  '%s stays as it is',
  (text) => {
    expect(writeExact(exact(text))).toBe(text);
  },
);

test.each(['', 'x', '1e3', '.5', '1.', '1,5', 'NaN'])('"%s" is no number', (text) => {
  expect(readExact(text)).toBeNull();
});

test('sums are exact where binary fractions are not', () => {
  expect(0.1 + 0.2).not.toBe(0.3);
  expect(writeExact(plus(exact('0.1'), exact('0.2')))).toBe('0.3');
});

test('a price by the million, times a count, loses no digit', () => {
  const cost = shifted(times(exact('0.000000000001'), 999_999_999_999_999n), 6);
  expect(writeExact(cost)).toBe('0.000999999999999999');
});

test('trailing zeros are not written', () => {
  expect(writeExact(times(exact('2.50'), 4n))).toBe('10');
});

test.each([
  ['0.1', '0.10', 0],
  ['0.09', '0.1', -1],
  ['2', '1.999999999999', 1],
  ['-1', '0', -1],
])('%s beside %s', (one, other, order) => {
  expect(compareExact(exact(one), exact(other))).toBe(order);
});
