import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

const lines = (text: string) => text.replace(/^\uFEFF/, '').split('\r\n');

test('a file begins with what each column is called, and ends with a line', () => {
  expect(toCsv(['a', 'b'], [{ a: 1, b: null }])).toBe('\uFEFFa,b\r\n1,\r\n');
});

test('what a comma or a quote would break stands in quotes', () => {
  expect(lines(toCsv(['a'], [{ a: 'x,y' }, { a: 'say "so"' }, { a: '1\n2' }]))).toEqual([
    'a',
    '"x,y"',
    '"say ""so"""',
    '"1\n2"',
    '',
  ]);
});

test('lists are separated by spaces, and any script stays as it is', () => {
  expect(lines(toCsv(['a'], [{ a: ['x', 'y'] }, { a: '通义千问' }]))[1]).toBe('x y');
});

test.each(['=1+1', '+1', '-1', '@cf/meta/llama', '\t=1'])(
  'a spreadsheet runs nothing of %s',
  (text) => {
    expect(lines(toCsv(['a'], [{ a: text }]))[1]).toBe(`'${text}`);
  },
);

test('numbers stay numbers', () => {
  expect(lines(toCsv(['a'], [{ a: -1.5 }]))[1]).toBe('-1.5');
});
