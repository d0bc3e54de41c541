import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { zhCnViews } from '../../console/locales/zh-cn-views.ts';
import { partName, wordOf } from './part-names.ts';

const chinese = createInstance();
await chinese.init({ lng: 'zh-CN', resources: { 'zh-CN': { translation: zhCnViews } } });
const zh = chinese.t as unknown as TFunction;

test('a part is called by its kind and its own name', () => {
  expect(partName('display_name', zh)).toBe('显示名称');
  expect(partName('parameters.context_window', zh)).toBe('参数 › context_window');
  expect(partName('categories.llm/chat', zh)).toBe('分类 › llm/chat');
  expect(partName('unheard_of', zh)).toBe('unheard_of');
});

test("the server's words are told, and what only looks like them stays", () => {
  expect(wordOf('capabilities.vision', 'supported', zh)).toBe('支持');
  expect(wordOf('capabilities.vision', 'supported, the default', zh)).toBe(
    'supported, the default',
  );
  expect(wordOf('categories.llm/chat', 'in it', zh)).toBe('已归入');
  expect(wordOf('display_name', 'supported', zh)).toBe('supported');
  expect(wordOf('display_name', null, zh)).toBeNull();
});
