import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { en } from '../../console/locales/en.ts';
import { enViews } from '../../console/locales/en-views.ts';
import { zhCn } from '../../console/locales/zh-cn.ts';
import { zhCnViews } from '../../console/locales/zh-cn-views.ts';
import { partName, wordOf } from './part-names.ts';

async function speaker(lng: string, translation: object): Promise<TFunction> {
  const i18n = createInstance();
  const interpolation = { escapeValue: false };
  await i18n.init({ lng, resources: { [lng]: { translation } }, interpolation });
  return i18n.t as unknown as TFunction;
}

const zh = await speaker('zh-CN', { ...zhCn, ...zhCnViews });
const english = await speaker('en', { ...en, ...enViews });

test('a part is called by its kind and its own name', () => {
  expect(partName('display_name', zh)).toBe('显示名称');
  expect(partName('parameters.context_window', zh)).toBe('参数 › context_window');
  expect(partName('categories.llm/chat', zh)).toBe('分类 › llm/chat');
  expect(partName('unheard_of', zh)).toBe('unheard_of');
  expect(partName('prices.input.batch.from_200000_tokens', zh)).toBe(
    '价格 › 输入 › 批量 › 上下文 200000 token 起',
  );
  expect(partName('parameters.input', zh)).toBe('参数 › input');
});

test("the server's words are told, and what only looks like them stays", () => {
  expect(wordOf('capabilities.vision', 'supported', zh)).toBe('支持');
  expect(wordOf('capabilities.vision', 'supported, the default', zh)).toBe('支持，默认');
  expect(wordOf('capabilities.vision', 'unsupported, {"a":", the default"}', zh)).toBe(
    '不支持，{"a":", the default"}',
  );
  expect(wordOf('capabilities.vision', 'supported, {"a":1}, the default', zh)).toBe(
    '支持，{"a":1}，默认',
  );
  expect(wordOf('categories.llm/chat', 'in it', zh)).toBe('已归入');
  expect(wordOf('display_name', 'supported', zh)).toBe('supported');
  expect(wordOf('display_name', 'true', zh)).toBe('true');
  expect(wordOf('display_name', null, zh)).toBeNull();
});

test('the bounds of parameters and the days of prices are told around the values', () => {
  expect(wordOf('parameters.temperature', '1, at least 0, at most 2.5, the default', zh)).toBe(
    '1，最小 0，最大 2.5，默认',
  );
  expect(wordOf('parameters.effort', 'low, one of ["low","high"]', zh)).toBe(
    'low，可取 ["low","high"]',
  );
  expect(wordOf('parameters.prompt', 'two\nlines, at least', zh)).toBe('two\nlines, at least');
  expect(wordOf('prices.input', '2.5 USD from 2026-01-01 until 2026-05-01', zh)).toBe(
    '2.5 USD，2026-01-01 起，2026-05-01 起失效',
  );
  expect(wordOf('prices.input', '0.10 EUR until 2026-05-01', zh)).toBe(
    '0.10 EUR，2026-05-01 起失效',
  );
});

test('what takes few values is told by the words of the views', () => {
  expect(wordOf('model_type', 'language', zh)).toBe(zhCn.types.language);
  expect(wordOf('lifecycle_stage', 'deprecated', zh)).toBe(zhCn.stages.deprecated);
  expect(wordOf('is_active', 'false', zh)).toBe('否');
});

test('in English nothing of a value is lost', () => {
  const told = {
    'capabilities.vision': 'supported, {"a":1}, the default',
    'parameters.temperature': '1, at least -1e-7, at most 2, one of [1,2], the default',
    'prices.input': '2.5 USD from 2026-01-01 until 2026-05-01',
  };
  expect(Object.entries(told).map(([field, value]) => wordOf(field, value, english))).toEqual([
    'Yes, {"a":1}, the default',
    told['parameters.temperature'],
    told['prices.input'],
  ]);
});
