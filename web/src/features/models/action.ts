import type { LifecycleStage } from '../../gql/graphql.ts';
import type { ModelRow } from './documents.ts';
import { supportedBy } from './values.ts';

/** What can be done to the selected rows. */
export type Action =
  | { kind: 'activate' | 'deactivate' | 'delete' | 'restore' }
  | { kind: 'stage'; stage: LifecycleStage }
  | { kind: 'category' | 'capability'; id: string; label: string };

/** Which of the rows an action means anything to. */
export function concerns(action: Action, row: ModelRow): boolean {
  if (action.kind === 'capability' && supportedBy(row).some(({ id }) => id === action.id)) {
    // Attached anew, it would lose its configuration.
    return false;
  }
  return action.kind === 'restore' ? row.deletedAt != null : row.deletedAt == null;
}
