import type { TFunction } from 'i18next';
import type { Client } from 'urql';
import { type Answer, answerOf, isDone } from '../../console/forms/answer.ts';
import { UndoDocument } from '../../console/forms/undo.tsx';
import { isConflict, tellError, tellFailure } from '../../console/forms/user-errors.ts';

/** What stood in the way of a change, in one sentence; undefined if nothing did. */
export function problemOf(answer: Answer, t: TFunction, language: string): string | undefined {
  if (isDone(answer)) {
    return undefined;
  }
  const [first] = answer.userErrors;
  if (answer.error || !first) {
    return answer.error && tellFailure(answer.error, t);
  }
  return isConflict(answer.userErrors)
    ? t('catalogueViews.conflict')
    : tellError(first, t, language);
}

/** Takes changes back, the last one first; gives what stood in the way. */
export async function takeBack(
  client: Client,
  changeSets: readonly string[],
  t: TFunction,
  language: string,
): Promise<string | undefined> {
  for (const id of changeSets.toReversed()) {
    const { data, error } = await client.mutation(UndoDocument, { input: { id } });
    const payload = data?.revertChangeSet;
    const problem =
      problemOf(answerOf(payload, error), t, language) ?? payload?.conflicts[0]?.message;
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}
