import type { TFunction } from 'i18next';
import { CombinedError } from 'urql';
import { expect, test } from 'vitest';
import {
  fromLocal,
  later,
  mayManageKeys,
  sealedOr,
  secret,
  toLocal,
  weight,
} from './key-values.ts';

const t = ((key: string) => key) as unknown as TFunction;

test('keys are for admins who are not limited to something else', () => {
  const viewer = { name: 'x', isAnonymous: false } as const;
  expect(mayManageKeys({ ...viewer, role: 'ADMIN', scopes: null })).toBe(true);
  expect(mayManageKeys({ ...viewer, role: 'ADMIN', scopes: ['KEYS_MANAGE'] })).toBe(true);
  expect(mayManageKeys({ ...viewer, role: 'ADMIN', scopes: ['CATALOGUE_WRITE'] })).toBe(false);
  expect(mayManageKeys({ ...viewer, role: 'EDITOR', scopes: null })).toBe(false);
  expect(mayManageKeys(undefined)).toBe(false);
});

test('what the server would refuse of a key is known before', () => {
  expect(['1', '1000'].map((text) => weight(text, t))).toEqual([undefined, undefined]);
  expect(['0', '1001', '1.5', 'x'].filter((text) => weight(text, t) === undefined)).toEqual([]);
  expect(secret('sk-1', t)).toBeUndefined();
  expect(secret(' sk-1', t)).toBe('suppliers.keys.rules.secret');
  expect(secret('x'.repeat(16_385), t)).toBe('suppliers.keys.rules.secret');
  expect(later('2001-01-01T00:00', t)).toBe('suppliers.keys.rules.later');
  expect(later('2999-01-01T00:00', t)).toBeUndefined();
});

test('a moment is written in local time and read back', () => {
  const moment = '2027-03-04T05:06:00.000Z';
  expect(fromLocal(toLocal(moment))).toBe(moment);
  expect(toLocal(null)).toBeNull();
  expect(fromLocal('')).toBeNull();
});

test('a key that could not be sealed is told beside the key', () => {
  const failed = (code: string) => ({
    changeSet: null,
    userErrors: [],
    error: new CombinedError({ graphQLErrors: [{ message: 'x', extensions: { code } }] }),
  });
  expect(sealedOr(failed('UNAVAILABLE'), t).userErrors[0]?.field).toEqual(['secret']);
  expect(sealedOr(failed('FORBIDDEN'), t).userErrors).toEqual([]);
});
