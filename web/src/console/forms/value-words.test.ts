import { createInstance, type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import {
  Domain,
  LifecycleStage,
  ModelType,
  ParameterType,
  PriceComponent,
  Role,
  ServiceMode,
  Support,
} from '../../gql/graphql.ts';
import { zhCn } from '../locales/zh-cn.ts';
import { zhCnViews } from '../locales/zh-cn-views.ts';
import { valueWord } from './value-words.ts';

const chinese = createInstance();
await chinese.init({
  lng: 'zh-CN',
  resources: { 'zh-CN': { translation: { ...zhCn, ...zhCnViews } } },
});
const zh = chinese.t as unknown as TFunction;

test('each value of an enum is called by its word, however it and its field are spelled', () => {
  const enums = {
    modelType: ModelType,
    lifecycleStage: LifecycleStage,
    support: Support,
    component: PriceComponent,
    serviceMode: ServiceMode,
    domain: Domain,
    role: Role,
    type: ParameterType,
  };
  for (const [field, values] of Object.entries(enums)) {
    for (const value of Object.values(values).filter((each) => each !== 'JSON')) {
      const word = valueWord(field, value, zh);
      expect([value, word]).toEqual([value, expect.stringMatching(/\p{Script=Han}/u)]);
      expect(valueWord(field, value.toLowerCase(), zh)).toBe(word);
    }
  }
  expect(valueWord('model_type', 'language', zh)).toBe(zhCn.types.language);
  expect(valueWord('unit', '1M tokens', zh)).toBe('百万 token');
  expect(valueWord('isActive', true, zh)).toBe('是');
});

test('what may be anything has no word, and an unheard-of value keeps its own', () => {
  expect(valueWord('name', 'active', zh)).toBeUndefined();
  expect(valueWord('amount', 2, zh)).toBeUndefined();
  expect(valueWord('support', null, zh)).toBeUndefined();
  expect(valueWord('lifecycleStage', 'FROZEN', zh)).toBe('FROZEN');
});
