import type { CreateApiTokenInput, Role, Scope } from '../../../gql/graphql.ts';
import { isOfRole } from '../rights.ts';

export const EXPIRIES = ['month', 'quarter', 'year', 'day', 'never'] as const;
export type Expiry = (typeof EXPIRIES)[number];

/** What is written in the form. */
export interface TokenForm {
  name: string;
  role: Role;
  isLimited: boolean;
  scopes: Scope[];
  expiry: Expiry;
  day: string;
}

export const EMPTY_FORM: TokenForm = {
  name: '',
  role: 'VIEWER',
  isLimited: false,
  scopes: [],
  expiry: 'quarter',
  day: '',
};

/** The fields that show their own problems. */
export const FIELD_NAMES = ['name', 'scopes', 'expiresAt'] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Texts of `settings.tokens.problems`. */
export type Problem = 'name' | 'scopes' | 'day';

const NAME = /^[a-z0-9._:/@-]{1,100}$/;
const DAY_MS = 86_400_000;
const DAYS = { month: 30, quarter: 90, year: 365 };

function endOf(form: TokenForm, now: number): number | undefined {
  if (form.expiry === 'never') {
    return undefined;
  }
  // A day counts as a whole, for people here.
  return form.expiry === 'day'
    ? new Date(`${form.day}T23:59:59`).getTime()
    : now + DAYS[form.expiry] * DAY_MS;
}

/** What the server would refuse. */
export function problemsOf(form: TokenForm, now: number): Partial<Record<FieldName, Problem>> {
  const end = endOf(form, now);
  return {
    ...(NAME.test(form.name) ? {} : { name: 'name' as const }),
    ...(form.isLimited && chosenScopes(form).length === 0 ? { scopes: 'scopes' as const } : {}),
    // What is no day is not after now either.
    ...(end === undefined || end > now ? {} : { expiresAt: 'day' as const }),
  };
}

/** A role that was chosen later may have fewer. */
const chosenScopes = ({ scopes, role }: TokenForm) =>
  scopes.filter((scope) => isOfRole(scope, role));

export function inputOf(form: TokenForm, now: number): CreateApiTokenInput {
  const end = endOf(form, now);
  return {
    name: form.name,
    role: form.role,
    scopes: form.isLimited ? chosenScopes(form) : null,
    expiresAt: end === undefined ? null : new Date(end).toISOString(),
  };
}
