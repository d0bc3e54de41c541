import * as v from 'valibot';
import { day, place, someOf, texts } from '../../../console/address.ts';
import { AuditOutcome, type AuditWhere } from '../../../gql/graphql.ts';
import { momentsOf } from '../search.ts';

export const OUTCOMES = Object.values(AuditOutcome);
export const ENTRIES_AT_A_TIME = 50;

export const auditSearch = v.object({
  actor: texts,
  action: texts,
  outcome: someOf(OUTCOMES),
  since: day,
  until: day,
  ...place,
});

export type AuditSearch = v.InferOutput<typeof auditSearch>;

export const DEFAULT_AUDIT: AuditSearch = v.parse(auditSearch, {});

export function whereOf(search: AuditSearch): AuditWhere {
  return {
    ...(search.actor.length > 0 ? { actors: search.actor } : {}),
    ...(search.action.length > 0 ? { actions: search.action } : {}),
    ...(search.outcome.length > 0 ? { outcomes: search.outcome } : {}),
    ...momentsOf(search),
  };
}
