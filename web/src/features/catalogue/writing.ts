import type { TFunction } from 'i18next';
import { type Answer, isDone } from '../../console/forms/answer.ts';
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
