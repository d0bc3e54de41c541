import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { PriceComponent } from '../../../gql/graphql.ts';
import { amount, type Held, overlapping, periodProblem, tier, unitOf } from './price-input.ts';

const t = ((key: string) => key.split('.').at(-1)) as unknown as TFunction;

test('an amount is plain and exact', () => {
  for (const text of [
    '0',
    '0.25',
    '0.000000000000000001',
    '999999999',
    '000000000001',
    '1.50',
    '-0',
  ]) {
    expect([text, amount(text, t)]).toEqual([text, undefined]);
  }
  const wrong = {
    '1e-12': 'syntax',
    NaN: 'syntax',
    '.5': 'syntax',
    '1.': 'syntax',
    '1,5': 'syntax',
    '-': 'syntax',
    '-1': 'negative',
    '1000000000': 'large',
    '0.0000000000000000001': 'fine',
  };
  for (const [text, problem] of Object.entries(wrong)) {
    expect([text, amount(text, t)]).toEqual([text, problem]);
  }
});

test('a tier is a whole number', () => {
  expect(['0', '200000'].map((text) => tier(text, t))).toEqual([undefined, undefined]);
  expect(['-1', '1.5', '2147483648', '200k'].map((text) => tier(text, t))).toEqual(
    Array(4).fill('tier'),
  );
});

const held = (validFrom: string | null, validUntil: string | null, more?: Partial<Held>): Held => ({
  component: 'INPUT',
  serviceMode: 'STANDARD',
  currency: 'USD',
  minContextTokens: 0,
  validFrom,
  validUntil,
  ...more,
});

test('one price holds on a day', () => {
  const before = held(null, '2026-01-01');
  expect(overlapping(held('2026-01-01', null), [before])).toBeUndefined();
  for (const other of [
    held(null, null),
    held('2025-12-31', null),
    held('2020-01-01', '2020-01-02'),
  ]) {
    expect(overlapping(other, [before])).toBe(before);
  }
  expect(overlapping(held(null, null, { minContextTokens: 200_000 }), [before])).toBeUndefined();
  expect(overlapping(held(null, null, { currency: 'CNY' }), [before])).toBeUndefined();
});

test('a price ends after it begins', () => {
  expect(periodProblem('2026-01-01', '2026-01-01', t)).toBe('period');
  expect(periodProblem('2026-01-01', '2026-01-02', t)).toBeUndefined();
  expect(periodProblem(null, '2026-01-02', t)).toBeUndefined();
});

test('each component has a unit', () => {
  const units = Object.values(PriceComponent).map((component) => [component, unitOf(component)]);
  expect(Object.fromEntries(units)).toMatchObject({
    INPUT: '1M tokens',
    CACHE_WRITE_1H: '1M tokens',
    INPUT_IMAGE_TOKENS: '1M tokens',
    OUTPUT_IMAGE: 'image',
    INPUT_PIXEL: '1M pixels',
    OUTPUT_CHARACTER: '1M characters',
    INPUT_AUDIO_SECOND: 'second',
    WEB_SEARCH_LOW: 'request',
    ANNOTATION_PAGE: 'page',
    QUERY: 'query',
    SESSION: 'session',
  });
});
