import { expect, test } from 'vitest';
import { en } from './en.ts';
import { enViews } from './en-views.ts';
import { zhCn } from './zh-cn.ts';
import { zhCnViews } from './zh-cn-views.ts';

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value] as const]
        : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\w+\}\}|<\/?\w+>/g)].map(String).sort();

// Which texts there are, the compiler compares; what stands in them, it can't.
test('both languages are told the same values', () => {
  const english = flat({ ...en, ...enViews });
  for (const [key, text] of flat({ ...zhCn, ...zhCnViews })) {
    expect({ [key]: placeholders(text) }).toEqual({ [key]: placeholders(english.get(key) ?? '') });
  }
});
