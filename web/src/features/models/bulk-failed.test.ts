import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { en } from '../../console/locales/en.ts';
import { zhCn } from '../../console/locales/zh-cn.ts';
import { tellFailed } from './bulk-failed.ts';
import type { ModelRow } from './documents.ts';

async function speaker(lng: string, translation: object): Promise<TFunction> {
  const i18n = createInstance();
  const interpolation = { escapeValue: false };
  await i18n.init({ lng, resources: { [lng]: { translation } }, interpolation });
  return i18n.t as unknown as TFunction;
}

const failed = (names: string[], problem: string) =>
  names.map((name) => ({ row: { name, displayName: null } as unknown as ModelRow, problem }));

const plain = (texts: string[]) => texts.map((text) => text.replaceAll(/[\u2068\u2069]/g, ''));

test('a reason that many rows have is told once, with how many there are', async () => {
  const t = await speaker('en', en);
  const rows = [
    ...failed(['a', 'b', 'c', 'd', 'e'], 'nobody answers'),
    ...failed(['f'], 'is taken'),
  ];
  expect(plain(tellFailed(rows, t, 'en'))).toEqual([
    'a, b, c, and 2 others: nobody answers',
    'f: is taken',
  ]);
  const zh = await speaker('zh-CN', zhCn);
  expect(plain(tellFailed(rows, zh, 'zh-CN'))).toEqual([
    'a、b、c和另外 2 个：nobody answers',
    'f：is taken',
  ]);
});

test('few rows with the same reason are named', async () => {
  const t = await speaker('en', en);
  expect(plain(tellFailed(failed(['a', 'b'], 'nobody answers'), t, 'en'))).toEqual([
    'a and b: nobody answers',
  ]);
});
