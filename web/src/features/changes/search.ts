import * as v from 'valibot';
import {
  countSet,
  day,
  FIRST_PAGE,
  oneOf,
  type Place,
  place,
  someOf,
  text,
  texts,
} from '../../console/address.ts';
import { ChangeChannel, ChangeKind, type ChangeSetWhere } from '../../gql/graphql.ts';

export const CHANNELS = Object.values(ChangeChannel);
export const KINDS = Object.values(ChangeKind);
export const SETS_AT_A_TIME = 50;

export const changesSearch = v.object({
  actor: texts,
  channel: someOf(CHANNELS),
  operation: texts,
  type: someOf(KINDS),
  revert: oneOf(['yes', 'no']),
  /** Global id of an object whose changes are meant. */
  object: text,
  since: day,
  until: day,
  ...place,
});

export type ChangesSearch = v.InferOutput<typeof changesSearch>;

/** An address that says nothing. */
export const DEFAULT_CHANGES: ChangesSearch = v.parse(changesSearch, {});

/** How many conditions are set, of what chooses in a list and not which page of it. */
export function countConditions(search: Place): number {
  const { page, after, before, ...conditions } = search;
  return countSet(conditions);
}

/** The same list with something chosen anew, from its first page. */
export function change(search: ChangesSearch, patch: Partial<ChangesSearch>): ChangesSearch {
  return { ...search, ...FIRST_PAGE, ...patch };
}

/** The moments between which days lie, as people here count days. */
export function momentsOf({
  since,
  until,
}: {
  since?: string | undefined;
  until?: string | undefined;
}) {
  return {
    ...(since ? { since: new Date(`${since}T00:00:00`).toISOString() } : {}),
    ...(until ? { until: new Date(`${until}T23:59:59.999`).toISOString() } : {}),
  };
}

const some = <T>(values: readonly T[]) => values.length > 0;

/** The schema's conditions for what the address says. */
export function whereOf(search: ChangesSearch): ChangeSetWhere {
  return {
    ...(some(search.actor) ? { actors: search.actor } : {}),
    ...(some(search.channel) ? { channels: search.channel } : {}),
    ...(some(search.operation) ? { operations: search.operation } : {}),
    ...(some(search.type) ? { types: search.type } : {}),
    ...(search.revert ? { isRevert: search.revert === 'yes' } : {}),
    ...(search.object ? { ids: [search.object] } : {}),
    ...momentsOf(search),
  };
}
