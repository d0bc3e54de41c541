import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { datesProblem, type Life, moveProblem, orderProblem, stageOn } from './lifecycle.ts';

const t = ((key: string, values?: object) =>
  `${key.split('.').at(-1)}${values ? JSON.stringify(values) : ''}`) as unknown as TFunction;

const life = (lifecycleStage: Life['lifecycleStage'], more?: Partial<Life>): Life => ({
  lifecycleStage,
  deprecatedOn: '2026-03-01',
  retiresOn: '2026-06-01',
  ...more,
});
const STAGES = ['DRAFT', 'ACTIVE', 'DEPRECATED', 'RETIRED'] as const;

test('dates move what is in use and nothing else', () => {
  const on = (day: string) => STAGES.map((stage) => stageOn(life(stage), day));
  expect(on('2026-02-28')).toEqual(['DRAFT', 'ACTIVE', 'DEPRECATED', 'RETIRED']);
  expect(on('2026-03-01')).toEqual(['DRAFT', 'DEPRECATED', 'DEPRECATED', 'RETIRED']);
  expect(on('2026-06-01')).toEqual(['DRAFT', 'RETIRED', 'RETIRED', 'RETIRED']);
});

test('three moves make no sense', () => {
  const refused = STAGES.flatMap((from) =>
    STAGES.filter((to) => moveProblem(from, to, t)).map((to) => `${from} ${to}`),
  );
  expect(refused).toEqual(['DRAFT DEPRECATED', 'DEPRECATED DRAFT', 'RETIRED DRAFT']);
});

test('a stage that a date would change at once is not to be had', () => {
  expect(datesProblem(life('ACTIVE'), '2026-02-28', t)).toBeUndefined();
  expect(datesProblem(life('ACTIVE'), '2026-03-01', t)).toContain('"days":"2026-03-01"');
  expect(datesProblem(life('ACTIVE'), '2026-06-01', t)).toContain('2026-03-01, 2026-06-01');
  expect(datesProblem(life('DEPRECATED'), '2026-06-01', t)).toContain('"days":"2026-06-01"');
  expect(datesProblem(life('DRAFT'), '2026-06-01', t)).toBeUndefined();
});

test('a model retires on the day it is deprecated or later', () => {
  expect(orderProblem(life('ACTIVE'), t)).toBeUndefined();
  expect(orderProblem(life('ACTIVE', { retiresOn: '2026-03-01' }), t)).toBeUndefined();
  expect(orderProblem(life('ACTIVE', { retiresOn: '2026-02-28' }), t)).toContain('reversed');
});
