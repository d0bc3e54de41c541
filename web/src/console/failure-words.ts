import type { TFunction } from 'i18next';
import type { CombinedError } from 'urql';
import { codesOf } from './connection.ts';

/** What the server's codes come to, for who looks at the console. That nobody may come in, or nobody answers, is told apart. */
const MEANINGS = {
  BAD_REQUEST: 'otherVersion',
  BAD_USER_INPUT: 'input',
  BATCH_NOT_SUPPORTED: 'otherVersion',
  BODY_TIMEOUT: 'slow',
  CIRCULAR_FRAGMENT: 'otherVersion',
  DOCUMENT_NOT_TRUSTED: 'untrusted',
  FEED_RESYNC: 'resync',
  FORBIDDEN: 'forbidden',
  GRAPHQL_PARSE_FAILED: 'otherVersion',
  GRAPHQL_VALIDATION_FAILED: 'otherVersion',
  INTERNAL: 'internal',
  INTROSPECTION_DISABLED: 'overLimit',
  INTROSPECTION_TOO_DEEP: 'overLimit',
  MISDIRECTED_REQUEST: 'misdirected',
  PAYLOAD_TOO_LARGE: 'tooLarge',
  PERSISTED_QUERY_NOT_FOUND: 'otherVersion',
  PERSISTED_QUERY_NOT_SUPPORTED: 'otherVersion',
  QUERY_TOO_COMPLEX: 'overLimit',
  QUERY_TOO_DEEP: 'overLimit',
  QUERY_TOO_LARGE: 'overLimit',
  QUERY_TOO_LONG: 'overLimit',
  RATE_LIMITED: 'tooOften',
  TIMEOUT: 'timeout',
  TOO_MANY_ALIASES: 'overLimit',
  TOO_MANY_DIRECTIVES: 'overLimit',
  TOO_MANY_FIELDS: 'overLimit',
  TOO_MANY_ROOT_FIELDS: 'overLimit',
} as const;

/** What a code means and what can be done; undefined for one that is not known here. */
export function meaningOf(code: string, t: TFunction): string | undefined {
  return code in MEANINGS
    ? t(`states.codes.${MEANINGS[code as keyof typeof MEANINGS]}`)
    : undefined;
}

/** What the server itself says, in English, and the number under which its log says more. */
export function saidBy(error: CombinedError, t: TFunction): string {
  const { graphQLErrors, message } = error;
  const said = [...new Set(graphQLErrors.map((each) => each.message))].join(' ') || message;
  const ids = graphQLErrors.flatMap(({ extensions }) => extensions.requestId ?? []);
  return [said, ...ids.slice(0, 1).map((id) => t('states.requestId', { id }))].join('\n');
}

/** Why something could not be had or done: what that means, and below it what the server says. */
export function failureText(error: CombinedError, t: TFunction): string {
  const meanings = codesOf(error).flatMap((code) => meaningOf(code, t) ?? []);
  return [...new Set(meanings), saidBy(error, t)].join('\n');
}
