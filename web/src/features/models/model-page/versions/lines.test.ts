import { expect, test } from 'vitest';
import type { Difference } from './documents.ts';
import { bySection, lineOf } from './lines.ts';

const difference = (value: object) => value as Difference;

const parameter = {
  type: 'INT',
  value: 8000,
  isDefault: false,
  minimum: null,
  description: 'How much fits',
};

test('of a parameter only what differs is told', () => {
  const line = lineOf(
    difference({
      __typename: 'ParameterDifference',
      name: 'context_window',
      change: 'CHANGED',
      parameterBefore: parameter,
      parameterAfter: { ...parameter, value: 9000, minimum: 1 },
    }),
  );
  expect(line).toMatchObject({ section: 'parameters', kind: 'CHANGED', name: 'context_window' });
  expect(line.details).toEqual([
    { part: 'value', before: 8000, after: 9000 },
    { part: 'minimum', before: null, after: 1 },
  ]);
});

test('of what came, all but the usual is told', () => {
  const { details } = lineOf(
    difference({
      __typename: 'CapabilityDifference',
      name: 'vision',
      change: 'ADDED',
      capabilityBefore: null,
      capabilityAfter: { support: 'SUPPORTED', isDefault: false, config: { formats: ['png'] } },
    }),
  );
  expect(details).toEqual([
    { part: 'support', before: null, after: 'SUPPORTED' },
    { part: 'config', before: null, after: { formats: ['png'] } },
  ]);
});

test('a price tells its amount and its end apart', () => {
  const { price, details, key } = lineOf(
    difference({
      __typename: 'PriceDifference',
      component: 'INPUT',
      serviceMode: 'STANDARD',
      minContextTokens: 0,
      currency: 'USD',
      change: 'CHANGED',
      amountBefore: '2',
      amountAfter: '2',
      validUntilBefore: null,
      validUntilAfter: '2026-05-01',
    }),
  );
  expect(price).toMatchObject({ component: 'INPUT', validFrom: null });
  expect(details).toEqual([{ part: 'validUntil', before: null, after: '2026-05-01' }]);
  expect(key).toBe('prices INPUT STANDARD 0 USD ');
});

test('sections come in the order of the page, and only those that differ', () => {
  const sections = bySection([
    difference({ __typename: 'CategoryDifference', path: 'llm/chat', change: 'REMOVED' }),
    difference({ __typename: 'AliasDifference', alias: 'b', change: 'ADDED' }),
    difference({
      __typename: 'FieldDifference',
      field: 'description',
      change: 'ADDED',
      fieldAfter: 'x',
    }),
    difference({ __typename: 'AliasDifference', alias: 'a', change: 'REMOVED' }),
  ]);
  expect(sections.map(([name, lines]) => [name, lines.map((line) => line.name)])).toEqual([
    ['fields', ['description']],
    ['aliases', ['b', 'a']],
    ['categories', ['llm/chat']],
  ]);
  expect(sections[0]?.[1][0]?.details).toEqual([{ before: null, after: 'x' }]);
});
