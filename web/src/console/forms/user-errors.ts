import type { TFunction } from 'i18next';
import type { CombinedError } from 'urql';
import type { ConflictReason, UserErrorCode } from '../../gql/graphql.ts';
import { codesOf, isOutage } from '../connection.ts';
import { failureText, saidBy } from '../failure-words.ts';
import type { Answer } from './answer.ts';
import { fieldName, pathName } from './field-names.ts';

/** What a payload says was wrong with the input. */
export interface UserError {
  field: readonly string[];
  code: UserErrorCode;
  message: string;
}

/** Where a form keeps a value: names, and positions in lists. */
export type Place = (string | number)[];

export interface Sorted {
  /** What belongs beside a field, in the shape that antd's `form.setFields` takes. */
  fields: { name: Place; errors: string[] }[];
  /** What belongs to no field that is shown. */
  rest: string[];
}

/**
 * Finds the field of a form that an error is about. The form has the input's names; a position in a
 * list is a number there. Of a path that leads deeper than the form does, the field above is meant.
 *
 * @param shown the fields that the form shows, `parameters.2.value` as one text
 */
export function placeAmong(
  shown: Iterable<string>,
): (path: readonly string[]) => Place | undefined {
  const known = new Set(shown);
  return (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const steps = path.slice(0, length);
      if (known.has(steps.join('.'))) {
        return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
      }
    }
    return undefined;
  };
}

const isOutdated = ({ code, field }: UserError) =>
  code === 'CONFLICT' && field.at(-1) === 'expectedVersion';

/** Whether the server's sentence says more than the kind of the mistake, and more than a version's number. */
const saysMore = (error: UserError) => error.code !== 'REQUIRED' && !isOutdated(error);

/**
 * What is told of an error. The server writes English; in another language the kind of the mistake
 * is told, and below it what the server says, as far as that says more, such as a limit.
 */
export function tellError(error: UserError, t: TFunction, language: string): string {
  const { code, message } = error;
  if (language.startsWith('en')) {
    return message;
  }
  const field = pathName(error.field, t);
  const told = field ? t(`forms.codesOfField.${code}`, { field }) : t(`forms.codes.${code}`);
  return saysMore(error) ? `${told}\n${message}` : told;
}

/** All of them, a line for each. */
export function tellErrors(errors: readonly UserError[], t: TFunction, language: string): string {
  return errors.map((error) => tellError(error, t, language)).join('\n');
}

/** What stands in the way of reverting; the same of it in both languages. */
export interface Obstacle {
  field?: string | null;
  reason: ConflictReason;
  message: string;
}

/** What is told of what stands in the way of reverting, as of an error. */
export function tellObstacle(obstacle: Obstacle, t: TFunction, language: string): string {
  const { field, reason, message } = obstacle;
  if (language.startsWith('en')) {
    return message;
  }
  const why = t(`changes.revert.reasons.${reason}`);
  return `${field ? `${fieldName(field, t)}：` : ''}${why}\n${message}`;
}

/** Puts each error beside its field, and the others together. */
export function sortErrors(
  errors: readonly UserError[],
  placeOf: (path: readonly string[]) => Place | undefined,
  tell: (error: UserError) => string,
): Sorted {
  const fields = new Map<string, { name: Place; errors: string[] }>();
  const rest: string[] = [];
  for (const error of errors) {
    const name = placeOf(error.field);
    if (name === undefined) {
      rest.push(tell(error));
      continue;
    }
    const key = name.join('.');
    const entry = fields.get(key) ?? { name, errors: [] };
    entry.errors.push(tell(error));
    fields.set(key, entry);
  }
  return { fields: [...fields.values()], rest };
}

/** Whether it is no longer what was looked at. Of other conflicts the server says what they are. */
export function isConflict(errors: readonly UserError[]): boolean {
  return errors.some(isOutdated);
}

/** What is told where a write came to nothing for another reason than its input. */
export function tellFailure(error: CombinedError, t: TFunction): string {
  if (isOutage(error)) {
    // A server that is there may still say why it can't write, such as for want of room.
    const said = error.graphQLErrors.length > 0 ? [saidBy(error, t)] : [];
    return [t('forms.away'), ...said].join('\n');
  }
  if (codesOf(error).includes('UNAUTHENTICATED')) {
    return t('forms.ended');
  }
  return failureText(error, t);
}

/**
 * What stood in the way of a write: an outage, the end of the session, or what the server refuses;
 * undefined if nothing did.
 */
export function problemOf(
  { error, userErrors }: Pick<Answer, 'error' | 'userErrors'>,
  t: TFunction,
  language: string,
): string | undefined {
  if (error) {
    return tellFailure(error, t);
  }
  if (isConflict(userErrors)) {
    return t('forms.outdated');
  }
  return tellErrors(userErrors, t, language) || undefined;
}
