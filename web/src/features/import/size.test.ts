import { expect, test } from 'vitest';
import { writeSize } from './size.ts';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [889_845, '869 KiB'],
  [2_073_662, '2 MiB'],
  [67_108_864, '64 MiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(writeSize(bytes, String)).toBe(text);
});
