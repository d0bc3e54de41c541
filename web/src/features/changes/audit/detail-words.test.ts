import { readFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { zhCn } from '../../../console/locales/zh-cn.ts';
import { zhCnViews } from '../../../console/locales/zh-cn-views.ts';
import { tellDetail } from './detail-words.ts';

const chinese = createInstance();
await chinese.init({
  lng: 'zh-CN',
  resources: { 'zh-CN': { translation: { ...zhCn, ...zhCnViews } } },
  interpolation: { escapeValue: false },
});
const tell = (detail: string) =>
  tellDetail(detail, chinese.t as unknown as TFunction, chinese.language);

/** The server's sentences about who was not let in, but for those that the log isn't told of. */
function refusals(): string[] {
  const path = new URL('../../../../../src/auth/access.rs', import.meta.url);
  const [, body = ''] = /pub enum Refusal \{(.*?)\n\}/s.exec(readFileSync(path, 'utf8')) ?? [];
  const sentences = [...body.matchAll(/#\[error\(\s*"([^"]+)"\s*\)\]\s*(\w+),/g)];
  return sentences
    .filter(([, , name]) => !['Missing', 'NoProvider', 'Unavailable'].includes(name ?? ''))
    .map(([, sentence = '']) => sentence);
}

test('why somebody was not let in is told, whatever the reason', () => {
  expect(refusals().length).toBeGreaterThan(5);
  for (const sentence of refusals()) {
    expect([sentence, tell(sentence)]).not.toEqual([sentence, sentence]);
  }
  expect(tell('the token has expired')).toBe('令牌已过期');
});

test('what became of a token is told with what it may do', () => {
  expect(tell('ci: nightly: editor, all scopes')).toBe('ci: nightly：编辑者，角色的全部权限');
  expect(tell('ci: viewer, catalogue:read audit:read')).toBe(
    `ci：查看者，${zhCnViews.settings.scopes.CATALOGUE_READ}和${zhCnViews.settings.scopes.AUDIT_READ}`,
  );
});

test('what was done with keys, master keys and backups is told', () => {
  expect(tell('rotate SupplierKey:7 of Supplier:3')).toBe('轮换了供应商 3 的密钥 7');
  expect(tell('begun: local-2 is in use instead of local-1')).toBe(
    '开始：启用 local-2，取代 local-1',
  );
  expect(tell('done: local-2 is alone in use, 1 key wrapped anew, 2 retired')).toBe(
    '完成：只使用 local-2；重新加密 1 个密钥，停用 2 个主密钥',
  );
  expect(tell('20 rows of 3 tables, as of 2026-05-01T00:00:00Z')).toBe(
    '20 行，3 个表，截至 2026-05-01T00:00:00Z',
  );
});

test('what is not known here stays as it is', () => {
  expect(tell('something else')).toBe('something else');
});
