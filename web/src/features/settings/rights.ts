import type { Viewer } from '../../console/session.tsx';
import type { Role, Scope } from '../../gql/graphql.ts';

export const ROLES = ['VIEWER', 'EDITOR', 'ADMIN'] as const satisfies readonly Role[];

/** The least role that each scope is of, as docs/access.md has it. */
export const ROLE_OF_SCOPE = {
  CATALOGUE_READ: 'VIEWER',
  CATALOGUE_WRITE: 'EDITOR',
  CATALOGUE_PURGE: 'ADMIN',
  KEYS_MANAGE: 'ADMIN',
  ACCESS_MANAGE: 'ADMIN',
  AUDIT_READ: 'ADMIN',
} as const satisfies Record<Scope, Role>;

export const SCOPES = Object.keys(ROLE_OF_SCOPE) as Scope[];

const includes = (role: Role, least: Role) => ROLES.indexOf(role) >= ROLES.indexOf(least);

export const isOfRole = (scope: Scope, role: Role): boolean => includes(role, ROLE_OF_SCOPE[scope]);

/** Whether who asks may do what a scope stands for. */
export function may(viewer: Viewer | undefined, scope: Scope): boolean {
  const { role, scopes } = viewer ?? {};
  return role != null && isOfRole(scope, role) && (!scopes || scopes.includes(scope));
}
