import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import {
  type ParameterValues,
  readParameter,
  readValue,
  writeAllowed,
  writeValue,
} from './parameter-input.ts';

const t = ((key: string) => key.split('.').at(-1)) as unknown as TFunction;

const values = (more: Partial<ParameterValues>): ParameterValues => ({
  name: 'temperature',
  type: 'FLOAT',
  value: '0.7',
  minimum: '',
  maximum: '',
  allowed: '',
  isDefault: false,
  description: '',
  ...more,
});
const problems = (more: Partial<ParameterValues>) => readParameter(values(more), t).problems;

test('a value is of its type', () => {
  const cases = [
    ['INT', ' 128000 ', { value: 128000 }],
    ['INT', '1.0', { problem: 'int' }],
    ['INT', '', { problem: 'int' }],
    ['INT', '9223372036854775808', { problem: 'int64' }],
    ['INT', '-9223372036854775809', { problem: 'int64' }],
    ['INT', '9007199254740993', { problem: 'precise' }],
    ['FLOAT', '1e-5', { value: 0.00001 }],
    ['FLOAT', '.5', { value: 0.5 }],
    ['FLOAT', '1e400', { problem: 'float' }],
    ['FLOAT', 'NaN', { problem: 'float' }],
    ['FLOAT', '0x10', { problem: 'float' }],
    ['BOOL', 'false', { value: false }],
    ['BOOL', 'yes', { problem: 'bool' }],
    ['STRING', ' kept as it is ', { value: ' kept as it is ' }],
    ['STRING', 'a\0', { problem: 'nul' }],
    ['JSON', '{"a": [1, null]}', { value: { a: [1, null] } }],
    ['JSON', '{a: 1}', { problem: 'json' }],
    ['JSON', '[12345678901234567890]', { problem: 'precise' }],
    [
      'JSON',
      '{"12345678901234567890": "12345678901234567890"}',
      {
        value: { '12345678901234567890': '12345678901234567890' },
      },
    ],
  ] as const;
  for (const [type, text, outcome] of cases) {
    expect([type, text, readValue(type, text, t)]).toEqual([type, text, outcome]);
  }
});

test('what is written into a field is read as the same', () => {
  const cases = [
    ['INT', 8],
    ['FLOAT', 1e-7],
    ['BOOL', true],
    ['STRING', 'a "quoted" text'],
    ['JSON', { b: [1, { c: null }] }],
    ['JSON', null],
  ] as const;
  for (const [type, value] of cases) {
    expect(readValue(type, writeValue(type, value), t)).toEqual({ value });
  }
});

test('a value keeps within its bounds, and they are the right way round', () => {
  expect(problems({ minimum: '0', maximum: '2' })).toEqual({});
  expect(problems({ minimum: '1' })).toEqual({ value: 'below' });
  expect(problems({ maximum: '0.5' })).toEqual({ value: 'above' });
  expect(problems({ minimum: '2', maximum: '1' })).toEqual({ value: 'below', maximum: 'crossed' });
  expect(problems({ minimum: 'low' })).toEqual({ minimum: 'float' });
  const text = readParameter(values({ type: 'STRING', value: 'x', minimum: '1' }), t);
  expect(text.problems).toEqual({});
  expect(text.input.minimum).toBeNull();
});

test('a value is one of those allowed, which are of its type', () => {
  expect(problems({ value: '1', allowed: '0.5\n1.0' })).toEqual({});
  expect(problems({ allowed: '0.5' })).toEqual({ value: 'notAllowed' });
  expect(problems({ allowed: '0.7\nx' })).toEqual({ allowed: 'line' });
  expect(problems({ type: 'JSON', value: '{"a":1,"b":2}', allowed: '[{"b":2,"a":1}]' })).toEqual(
    {},
  );
  expect(problems({ type: 'JSON', value: '1', allowed: '{}' })).toEqual({ allowed: 'array' });
  expect(problems({ type: 'JSON', value: '1', allowed: '[]' })).toEqual({ allowed: 'none' });
  const many = Array.from({ length: 101 }, (_, at) => at).join('\n');
  expect(problems({ type: 'INT', value: '1', allowed: many })).toEqual({ allowed: 'many' });
});

test('allowed texts with line breaks are written as JSON', () => {
  const lines = ['one', 'two\nlines'];
  const text = writeAllowed('STRING', lines);
  expect(
    readParameter(values({ type: 'STRING', value: 'one', allowed: text }), t).input.allowedValues,
  ).toEqual(lines);
  expect(writeAllowed('STRING', ['one', 'two'])).toBe('one\ntwo');
});

test('a value has a largest size', () => {
  expect(problems({ type: 'STRING', value: 'x'.repeat(65_536) })).toEqual({});
  expect(problems({ type: 'STRING', value: '字'.repeat(21_846) })).toEqual({ value: 'bytes' });
});
