import type { ChangeKind } from '../../../gql/graphql.ts';

export const CHANGES_AT_A_TIME = 50;

export interface Kind {
  type: ChangeKind;
  count: number;
}

/** Of what the changes of a set are, and how many of each. */
export function kindsOf(summary: readonly Kind[]): Kind[] {
  const counts = new Map<ChangeKind, number>();
  for (const { type, count } of summary) {
    counts.set(type, (counts.get(type) ?? 0) + count);
  }
  return [...counts].map(([type, count]) => ({ type, count }));
}

/**
 * How many changes of a kind a page asks the feed for: so many that it never reads on into later change sets. The feed
 * goes on behind a change, so the set's very first one is none of them; `hasFirst` says whether it is of the kind.
 */
export function sizeOfPage(page: number, count: number, hasFirst: boolean): number {
  const size = Math.min(CHANGES_AT_A_TIME, count - CHANGES_AT_A_TIME * (page - 1));
  return Math.max(0, page === 1 && hasFirst ? size - 1 : size);
}
