import type { TFunction } from 'i18next';
import type { Scope } from '../../../gql/graphql.ts';

/** Why somebody was not let in: the server's sentences, each of which is always the same. */
const REFUSALS = {
  'send the token as Authorization: Bearer mdy_...': 'malformed',
  'the token is not known, or was revoked': 'unknown',
  'the link is not known, was used, or has expired': 'link',
  'the token has expired': 'expired',
  'you have no role here: none of those that your token gives is one': 'noRole',
  "what a page of another server sends with a session's cookie is not taken": 'crossSite',
  'pages of other servers may not connect; http.allowed_origins can allow them': 'origin',
} as const;

/** What else the server says, with names and numbers in it. */
const SENTENCES = [
  [/^create SupplierKey:(?<key>\d+) of Supplier:(?<supplier>\d+)$/, 'keyCreated'],
  [/^update SupplierKey:(?<key>\d+) of Supplier:(?<supplier>\d+)$/, 'keyUpdated'],
  [/^rotate SupplierKey:(?<key>\d+) of Supplier:(?<supplier>\d+)$/, 'keyRotated'],
  [/^delete SupplierKey:(?<key>\d+) of Supplier:(?<supplier>\d+)$/, 'keyDeleted'],
  [/^restore SupplierKey:(?<key>\d+) of Supplier:(?<supplier>\d+)$/, 'keyRestored'],
  [/^purge SupplierKey:(?<key>\d+) of Supplier:(?<supplier>\d+)$/, 'keyPurged'],
  [/^begun: (?<key>\S+) is in use$/, 'masterFirst'],
  [/^begun: (?<key>\S+) is in use instead of (?<before>\S+)$/, 'masterBegun'],
  [
    /^done: (?<key>\S+) is alone in use, (?<keys>\d+) keys? wrapped anew, (?<retired>\d+) retired$/,
    'masterDone',
  ],
  [/^(?<rows>\d+) rows of (?<tables>\d+) tables, as of (?<moment>\S+)$/, 'backup'],
  [
    /^from a backup of (?<moment>\S+); sessions and links ended, (?<tokens>\d+) tokens revoked$/,
    'restoredRevoked',
  ],
  [
    /^from a backup of (?<moment>\S+); sessions and links ended, (?<tokens>\d+) tokens good again$/,
    'restored',
  ],
] as const satisfies readonly (readonly [RegExp, string])[];

const TOKEN =
  /^(?<name>.*): (?<role>viewer|editor|admin), (?<scopes>all scopes|[a-z:]+(?: [a-z:]+)*)$/s;

/** What the server notes of an event, in the words of the console; as it is, where it isn't known here. */
export function tellDetail(detail: string, t: TFunction, language: string): string {
  if (detail in REFUSALS) {
    return t(`audit.refusals.${REFUSALS[detail as keyof typeof REFUSALS]}`);
  }
  const { name, role = '', scopes = '' } = TOKEN.exec(detail)?.groups ?? {};
  if (name !== undefined) {
    return t('audit.details.token', {
      name,
      role: t(`session.roles.${role.toUpperCase() as 'ADMIN'}`),
      scopes: tellScopes(scopes, t, language),
    });
  }
  for (const [pattern, key] of SENTENCES) {
    const found = pattern.exec(detail);
    if (found) {
      return t(`audit.details.${key}`, { replace: { ...found.groups } });
    }
  }
  return detail;
}

function tellScopes(scopes: string, t: TFunction, language: string): string {
  if (scopes === 'all scopes') {
    return t('audit.details.allScopes');
  }
  const words = scopes.split(' ').map((scope) =>
    t(`settings.scopes.${scope.toUpperCase().replace(':', '_') as Scope}`, {
      defaultValue: scope,
    }),
  );
  return new Intl.ListFormat(language).format(words);
}
