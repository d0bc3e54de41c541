import { expect, test } from 'vitest';
import { isMissing, loadPart, MissingPart } from './parts.ts';

test.each([
  'Unable to preload CSS for /assets/categories-page-Dk.css',
  'Failed to fetch dynamically imported module: http://127.0.0.1/assets/a.js',
  'error loading dynamically imported module: http://127.0.0.1/assets/a.js',
  'Importing a module script failed.',
])('%s: a part is missing', (message) => {
  expect(isMissing(new TypeError(message))).toBe(true);
});

test('a fault within a part is none of its loading', async () => {
  const fault = new TypeError('x is undefined');
  await expect(loadPart(() => Promise.reject(fault))).rejects.toBe(fault);
  await expect(loadPart(async () => 'there')).resolves.toBe('there');
});

test('after a miss nothing more is loaded', async () => {
  const miss = new Error('Unable to preload CSS for /assets/a.css');
  await expect(loadPart(() => Promise.reject(miss))).rejects.toBeInstanceOf(MissingPart);
  await expect(loadPart(async () => 'there, without its looks')).rejects.toBeInstanceOf(
    MissingPart,
  );
});
