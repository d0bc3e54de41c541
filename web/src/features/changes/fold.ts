import { groupWhile } from '../object-page/neighbours.ts';
import type { ChangeSetRow } from './documents.ts';

type Row = Pick<
  ChangeSetRow,
  | 'actor'
  | 'channel'
  | 'operation'
  | 'reason'
  | 'createdAt'
  | 'source'
  | 'reverts'
  | 'revertedBy'
  | 'summary'
>;

const TOGETHER_MS = 60_000;
/** Folding fewer would hide more than it saves. */
const LEAST_FOLDED = 3;

/** What of a change set of one object is the same where many were changed at once. */
function sameness({ summary, ...row }: Row): string | undefined {
  const [only, ...others] = summary;
  if (only?.count !== 1 || others.length > 0 || row.source) {
    return undefined;
  }
  const { actor, channel, operation, reason } = row;
  const state = [row.reverts != null, row.revertedBy != null];
  return JSON.stringify([actor, channel, operation, reason, only.type, only.operation, ...state]);
}

/** Neighbours in the feed that are one piece of work on many objects, within a minute, are one group. */
export function fold<T extends Row>(rows: readonly T[]): [T, ...T[]][] {
  const groups = groupWhile(rows, (first, row) => {
    const same = sameness(first);
    const apart = Math.abs(Date.parse(first.createdAt) - Date.parse(row.createdAt));
    return same !== undefined && same === sameness(row) && apart <= TOGETHER_MS;
  });
  return groups.flatMap((group) =>
    group.length >= LEAST_FOLDED ? [group] : group.map((row): [T] => [row]),
  );
}
