import { readFileSync } from 'node:fs';
import { CombinedError } from '@urql/core';
import { GraphQLError } from 'graphql';
import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { failureText, meaningOf } from './failure-words.ts';
import { zhCn } from './locales/zh-cn.ts';

const chinese = createInstance();
await chinese.init({
  lng: 'zh-CN',
  resources: { 'zh-CN': { translation: zhCn } },
  interpolation: { escapeValue: false },
});
const zh = chinese.t as unknown as TFunction;

/** The codes that the documentation of the server's answers has. */
function documentedCodes(): string[] {
  const text = readFileSync(new URL('../../../docs/http.md', import.meta.url), 'utf8');
  const [, table = ''] = /## Error codes\n(.*?)\n## /s.exec(text) ?? [];
  const firstCells = table.split('\n').map((line) => line.split('|')[1] ?? '');
  return firstCells.flatMap((cell) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => code),
  );
}

const coded = (message: string, ...extensions: Record<string, unknown>[]) =>
  new CombinedError({
    graphQLErrors: extensions.map((each) => new GraphQLError(message, { extensions: each })),
    response: { status: 200 },
  });

test('each code that the server gives means something', () => {
  const codes = documentedCodes();
  expect(codes.length).toBeGreaterThan(20);
  // Who must sign in, and who has no server, is told so by the whole view.
  const others = ['UNAUTHENTICATED', 'UNAVAILABLE'];
  for (const code of codes.filter((each) => !others.includes(each))) {
    const meaning = meaningOf(code, zh);
    expect([code, meaning]).toEqual([code, expect.stringMatching(/\p{Script=Han}/u)]);
  }
});

test('what a failure means is told once, and below it what the server says', () => {
  const busy = coded('too many requests', { code: 'RATE_LIMITED' }, { code: 'RATE_LIMITED' });
  expect(failureText(busy, zh)).toBe('短时间内请求过多。请稍候再试。\ntoo many requests');
  expect(failureText(coded('what is this', { code: 'UNHEARD_OF' }), zh)).toBe('what is this');
});

test('the id under which the log says more is told', () => {
  const failed = coded('the server failed', { code: 'INTERNAL', requestId: 'abc' });
  expect(failureText(failed, zh).split('\n').slice(1)).toEqual([
    'the server failed',
    '请求 ID：abc',
  ]);
});
