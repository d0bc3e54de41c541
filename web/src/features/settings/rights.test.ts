import { expect, test } from 'vitest';
import type { Role, Scope } from '../../gql/graphql.ts';
import { isOfRole, may, SCOPES } from './rights.ts';

const viewer = (role: Role | null, scopes: Scope[] | null = null) => ({
  name: 'someone',
  isAnonymous: false,
  role,
  scopes,
});

test('a role has the scopes of those below it', () => {
  const of = (role: Role) => SCOPES.filter((scope) => isOfRole(scope, role));
  expect(of('VIEWER')).toEqual(['CATALOGUE_READ']);
  expect(of('EDITOR')).toEqual(['CATALOGUE_READ', 'CATALOGUE_WRITE']);
  expect(of('ADMIN')).toEqual(SCOPES);
});

test('who has scopes may only what they say, and never more than the role', () => {
  expect(may(viewer('ADMIN'), 'ACCESS_MANAGE')).toBe(true);
  expect(may(viewer('ADMIN', ['AUDIT_READ']), 'ACCESS_MANAGE')).toBe(false);
  expect(may(viewer('EDITOR', ['ACCESS_MANAGE']), 'ACCESS_MANAGE')).toBe(false);
  expect(may(viewer(null), 'CATALOGUE_READ')).toBe(false);
  expect(may(undefined, 'CATALOGUE_READ')).toBe(false);
});
