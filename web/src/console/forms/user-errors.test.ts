import { CombinedError } from '@urql/core';
import { GraphQLError } from 'graphql';
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import {
  isConflict,
  placeAmong,
  sortErrors,
  tellError,
  tellFailure,
  type UserError,
} from './user-errors.ts';

const t = ((key: string) => key) as unknown as TFunction;
const error = (field: string[], message: string, code: UserError['code'] = 'INVALID') => ({
  field,
  code,
  message,
});

test('an error is shown beside its field, or beside the field around it', () => {
  const placeOf = placeAmong(['name', 'parameters.0.value', 'allowedValues']);
  expect(placeOf(['name'])).toEqual(['name']);
  expect(placeOf(['parameters', '0', 'value'])).toEqual(['parameters', 0, 'value']);
  expect(placeOf(['allowedValues', '3'])).toEqual(['allowedValues']);
  expect(placeOf(['modelId'])).toBeUndefined();
  expect(placeOf([])).toBeUndefined();
});

test('errors of one field stay together, those of none are told apart', () => {
  const errors = [
    error(['name'], 'is taken'),
    error(['id'], 'was changed'),
    error(['name'], 'is too long'),
  ];
  expect(sortErrors(errors, placeAmong(['name']), ({ message }) => message)).toEqual({
    fields: [{ name: ['name'], errors: ['is taken', 'is too long'] }],
    rest: ['was changed'],
  });
});

test('who does not read English is told the kind of the mistake first', () => {
  const taken = error(['name'], '"x" is the name of a live model', 'TAKEN');
  expect(tellError(taken, t, 'en')).toBe('"x" is the name of a live model');
  expect(tellError(taken, t, 'zh-CN')).toBe('forms.codes.TAKEN："x" is the name of a live model');
});

test('a conflict is known by its code', () => {
  expect(isConflict([error(['expectedVersion'], 'was changed', 'CONFLICT')])).toBe(true);
  expect(isConflict([error(['name'], 'is taken', 'TAKEN')])).toBe(false);
});

test('an absent server and an ended session are told in the words of the console', () => {
  const away = new CombinedError({ networkError: new Error('fetch failed') });
  expect(tellFailure(away, t)).toBe('forms.away');
  const coded = (code: string, message: string) =>
    new CombinedError({
      graphQLErrors: [new GraphQLError(message, { extensions: { code } })],
      response: { status: 200 },
    });
  expect(tellFailure(coded('UNAUTHENTICATED', 'who are you'), t)).toBe('forms.ended');
  expect(tellFailure(coded('FORBIDDEN', 'editors only'), t)).toBe('editors only');
});
