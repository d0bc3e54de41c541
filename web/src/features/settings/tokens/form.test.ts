import { describe, expect, test } from 'vitest';
import { EMPTY_FORM, inputOf, problemsOf, type TokenForm } from './form.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const form = (fields: Partial<TokenForm>): TokenForm => ({ ...EMPTY_FORM, name: 'ci', ...fields });

test('a token that is made without more may all that its role may, and ends', () => {
  expect(problemsOf(form({}), NOW)).toEqual({});
  expect(inputOf(form({}), NOW)).toEqual({
    name: 'ci',
    role: 'VIEWER',
    scopes: null,
    expiresAt: '2027-02-24T12:00:00.000Z',
  });
});

test('one that never ends says so', () => {
  expect(inputOf(form({ expiry: 'never' }), NOW).expiresAt).toBeNull();
});

test('scopes that the role does not have are left out', () => {
  const limited = form({ isLimited: true, scopes: ['CATALOGUE_READ', 'AUDIT_READ'] });
  expect(inputOf(limited, NOW).scopes).toEqual(['CATALOGUE_READ']);
});

describe('what the server would refuse is told before', () => {
  test.each([
    [{ name: '' }, { name: 'name' }],
    [{ name: 'Two Words' }, { name: 'name' }],
    [{ name: 'x'.repeat(101) }, { name: 'name' }],
    [{ isLimited: true }, { scopes: 'scopes' }],
    [{ isLimited: true, scopes: ['AUDIT_READ' as const] }, { scopes: 'scopes' }],
    [{ expiry: 'day' as const, day: '' }, { expiresAt: 'day' }],
    [{ expiry: 'day' as const, day: '2026-11-20' }, { expiresAt: 'day' }],
  ])('%j', (fields, problems) => {
    expect(problemsOf(form(fields), NOW)).toEqual(problems);
  });
});
