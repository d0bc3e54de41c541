import { describe, expect, test } from 'vitest';
import { createFormat } from './format.ts';

const en = createFormat('en');
const zh = createFormat('zh-CN');

describe('money', () => {
  test.each([
    ['2.5', '$2.50'],
    ['10', '$10.00'],
    ['0', '$0.00'],
    ['0.0000025', '$0.0000025'],
    ['1234567.125', '$1,234,567.125'],
  ])('%s has all of its digits', (amount, text) => {
    expect(en.money(amount, 'USD')).toBe(text);
  });

  test.each([
    ['0.798999999999999', '$0.799'],
    ['0.35', '$0.35'],
    ['0.00005', '$0.00005'],
    ['12.34567', '$12.3457'],
  ])('%s at a glance', (amount, text) => {
    expect(en.price(amount, 'USD')).toBe(text);
  });

  test('is written with the sign of its currency', () => {
    expect(zh.money('1.5', 'CNY')).toBe('¥1.50');
    expect(zh.money('1.5', 'USD')).toBe('$1.50');
  });

  test('of a code that is none is told as it is', () => {
    expect(en.money('1.5', '??')).toBe('1.5 ??');
  });
});

test('a day is as precise as it is known', () => {
  expect(en.day('2024')).toBe('2024');
  expect(en.day('2024-05')).toBe('May 2024');
  expect(en.day('2024-05-13')).toBe('May 13, 2024');
  expect(zh.day('2024-05')).toBe('2024年5月');
  expect(en.day('soon')).toBe('soon');
});

test('tokens are short in either language', () => {
  expect(en.tokens(128_000)).toBe('128K');
  expect(zh.tokens(1_048_576)).toBe('1.05M');
  expect(en.number(1_048_576)).toBe('1,048,576');
});
