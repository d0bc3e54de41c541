import { concerns } from './action.ts';
import type { Selection } from './use-selection.ts';

/** More rows than these aren't taken in at a glance. */
const MOST_UNASKED = 20;

export interface Deletion {
  count: number;
  /** How many of these the table doesn't show. */
  hidden: number;
  /** Whether it is asked first. */
  isAsked: boolean;
}

/** What a deletion of the selected rows takes. */
export function deletionOf({ rows, hidden }: Pick<Selection, 'rows' | 'hidden'>): Deletion {
  const taken = (among: Selection['rows']) =>
    among.filter((row) => concerns({ kind: 'delete' }, row)).length;
  const [count, unseen] = [taken(rows), taken(hidden)];
  return { count, hidden: unseen, isAsked: unseen > 0 || count > MOST_UNASKED };
}
