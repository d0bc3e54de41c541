import { useCallback, useEffect, useState } from 'react';
import type { CombinedError } from 'urql';
import { activeQueries, throughClient } from '../../console/client.ts';
import type { OnConflict, RevertChangesMutation } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';

const RevertDocument = graphql(`
  mutation RevertChanges($input: RevertChangeSetInput!) {
    revertChangeSet(input: $input) {
      reverted
      objectCount
      conflictCount
      conflicts {
        objectId
        type
        field
        reason
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export type Outcome = RevertChangesMutation['revertChangeSet'];

export interface Revert {
  /** What would happen, or did; undefined while it is found out. */
  outcome: Outcome | undefined;
  isDone: boolean;
  /** Whether it is found out what would happen. */
  isLooking: boolean;
  isRunning: boolean;
  error: CombinedError | undefined;
  preview(): void;
  run(reason: string): void;
}

/** Tries it without doing it, tells what would happen, and then does it. */
export function useRevert(id: string, isOpen: boolean, onConflict: OnConflict): Revert {
  const [outcome, setOutcome] = useState<Outcome>();
  const [isDone, setDone] = useState(false);
  const [busyWith, setBusyWith] = useState<'preview' | 'run'>();
  const [error, setError] = useState<CombinedError>();

  const ask = useCallback(
    async (dryRun: boolean, reason: string | null) => {
      setBusyWith(dryRun ? 'preview' : 'run');
      setError(undefined);
      const input = { id, dryRun, onConflict, reason };
      const { data, error: problem } = await throughClient.mutation(RevertDocument, { input });
      setBusyWith(undefined);
      if (problem || !data) {
        setError(problem);
        return;
      }
      setOutcome(data.revertChangeSet);
      if (!dryRun && data.revertChangeSet.reverted) {
        setDone(true);
        // Whatever is shown may be what was brought back.
        activeQueries.refresh(() => true);
      }
    },
    [id, onConflict],
  );

  const preview = useCallback(() => void ask(true, null), [ask]);
  useEffect(() => {
    if (isOpen && !isDone) {
      preview();
    }
  }, [isOpen, isDone, preview]);

  return {
    outcome,
    isDone,
    isLooking: busyWith === 'preview',
    isRunning: busyWith === 'run',
    error,
    preview,
    run: (reason) => void ask(false, reason.trim() || null),
  };
}
