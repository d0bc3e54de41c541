import { CombinedError } from '@urql/core';
import { GraphQLError } from 'graphql';
import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { ConflictReason, UserErrorCode } from '../../gql/graphql.ts';
import { enViews } from '../locales/en-views.ts';
import { zhCnViews } from '../locales/zh-cn-views.ts';
import { fieldName } from './field-names.ts';
import {
  isConflict,
  placeAmong,
  problemOf,
  sortErrors,
  tellError,
  tellErrors,
  tellFailure,
  tellObstacle,
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

const chinese = createInstance();
await chinese.init({ lng: 'zh-CN', resources: { 'zh-CN': { translation: zhCnViews } } });
const zh = chinese.t as unknown as TFunction;

test('who does not read English is told the mistake and its field, and below it what the server says', () => {
  const taken = error(['name'], '"x" is the name of a live model', 'TAKEN');
  expect(tellError(taken, zh, 'en')).toBe('"x" is the name of a live model');
  expect(tellError(taken, zh, 'zh-CN')).toBe('“名称”已被占用。\n"x" is the name of a live model');
  const gone = error(['id'], 'there is no live model with this id', 'NOT_FOUND');
  expect(tellError(gone, zh, 'zh-CN')).toBe(
    '该对象不存在，或已被删除。\nthere is no live model with this id',
  );
  const large = error(['parameters', '2', 'value'], 'must be at most 2', 'OUT_OF_RANGE');
  expect(tellError(large, zh, 'zh-CN')).toBe('“参数 › 3 › 值”超出允许的范围。\nmust be at most 2');
  const unheardOf = error(['color'], 'is no color', 'INVALID');
  expect(tellError(unheardOf, zh, 'zh-CN')).toBe('“color”的值无效。\nis no color');
});

test('a field has a name, however it is spelled; what is no field keeps its own', () => {
  const names = ['displayName', 'display_name', 'context_window'];
  expect(names.map((name) => fieldName(name, zh))).toEqual([
    '显示名称',
    '显示名称',
    'context_window',
  ]);
});

test('what the server says no more by is left out', () => {
  const needed = error(['name'], "can't be null; leave it out to keep its value", 'REQUIRED');
  expect(tellErrors([needed], zh, 'zh-CN')).toBe('“名称”为必填项。');
  expect(tellErrors([needed, needed], zh, 'en')).toBe(`${needed.message}\n${needed.message}`);
  const outdated = error(['expectedVersion'], "the model's version is 7, not 6", 'CONFLICT');
  expect(tellError(outdated, zh, 'zh-CN')).toBe('该对象已被他人修改。');
});

test('of a conflict that is about no version, what the server says is told', () => {
  const rotated = error(['id'], 'this key was rotated out already', 'CONFLICT');
  expect(tellError(rotated, zh, 'zh-CN')).toBe(
    '该对象已被他人修改。\nthis key was rotated out already',
  );
});

test('each kind of mistake is told in each language, with its field and without', () => {
  for (const { forms } of [enViews, zhCnViews]) {
    for (const code of Object.values(UserErrorCode)) {
      expect([code, forms.codes[code]]).toEqual([code, expect.stringMatching(/./)]);
      expect([code, forms.codesOfField[code]]).toEqual([
        code,
        expect.stringContaining('{{field}}'),
      ]);
    }
  }
});

test('what stands in the way of reverting is told like a mistake', () => {
  const later = {
    field: 'name',
    reason: ConflictReason.ChangedLater,
    message: 'was changed since',
  };
  expect(tellObstacle(later, zh, 'en')).toBe('was changed since');
  expect(tellObstacle(later, zh, 'zh-CN')).toBe('名称：之后又被修改\nwas changed since');
});

test('a conflict is known by the version that was expected', () => {
  expect(isConflict([error(['expectedVersion'], 'was changed', 'CONFLICT')])).toBe(true);
  expect(isConflict([error(['id'], 'was rotated out', 'CONFLICT')])).toBe(false);
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
  expect(tellFailure(coded('FORBIDDEN', 'editors only'), t)).toBe(
    'states.codes.forbidden\neditors only',
  );
  expect(tellFailure(coded('UNAVAILABLE', 'no room for writes'), t)).toBe(
    'forms.away\nno room for writes',
  );
});

test('what stood in the way of a write is told, whatever it was', () => {
  const none = { error: undefined, userErrors: [] };
  expect(problemOf(none, zh, 'zh-CN')).toBeUndefined();
  const away = new CombinedError({ networkError: new Error('fetch failed') });
  expect(problemOf({ error: away, userErrors: [] }, t, 'en')).toBe('forms.away');
  const refused = [error(['name'], 'is taken', 'TAKEN'), error(['url'], 'is none')];
  expect(problemOf({ ...none, userErrors: refused }, t, 'en')).toBe('is taken\nis none');
  const outdated = [error(['expectedVersion'], 'its version is 7, not 6', 'CONFLICT')];
  expect(problemOf({ ...none, userErrors: outdated }, t, 'en')).toBe('forms.outdated');
  const rotated = [error(['id'], 'was rotated out already', 'CONFLICT')];
  expect(problemOf({ ...none, userErrors: rotated }, t, 'en')).toBe('was rotated out already');
});
