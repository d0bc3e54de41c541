import type { TFunction } from 'i18next';
import type { CombinedError } from 'urql';
import { codesOf } from '../../console/connection.ts';
import type { Answer } from '../../console/forms/answer.ts';
import type { Check } from '../../console/forms/rules.ts';
import type { Viewer } from '../../console/session.tsx';

/** Who may see that there are keys, and change them. */
export function mayManageKeys(viewer: Viewer | undefined): boolean {
  return viewer?.role === 'ADMIN' && (!viewer.scopes || viewer.scopes.includes('KEYS_MANAGE'));
}

const MOST_WEIGHT = 1_000;

export const weight: Check = (text, t) =>
  /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_WEIGHT
    ? undefined
    : t('suppliers.keys.rules.weight');

export const later: Check = (text, t) =>
  new Date(text).getTime() > Date.now() ? undefined : t('suppliers.keys.rules.later');

const SECRET_BYTES = 16_384;

export const secret: Check = (text, t) => {
  const length = new TextEncoder().encode(text).length;
  return text.trim() === text && length <= SECRET_BYTES
    ? undefined
    : t('suppliers.keys.rules.secret');
};

/** A moment as a field for local time has it, and back. */
export function toLocal(moment: string | null | undefined): string | null {
  if (!moment) {
    return null;
  }
  const date = new Date(moment);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function fromLocal(text: string | null | undefined): string | null {
  return text ? new Date(text).toISOString() : null;
}

/**
 * A key that could not be sealed, since the server has no master key or can't reach it: that is
 * nothing to do with whether the server answers, and is told beside the key.
 */
export function sealedOr(answer: Answer, t: TFunction): Answer {
  const { error } = answer;
  return error && isUnsealed(error)
    ? {
        changeSet: null,
        error: undefined,
        userErrors: [
          { field: ['secret'], code: 'INVALID', message: t('suppliers.keys.notSealed') },
        ],
      }
    : answer;
}

function isUnsealed(error: CombinedError): boolean {
  return (
    !error.networkError && codesOf(error).some((code) => ['UNAVAILABLE', 'INTERNAL'].includes(code))
  );
}
