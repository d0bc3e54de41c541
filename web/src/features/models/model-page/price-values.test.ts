import { expect, test } from 'vitest';
import { EMPTY_PRICE, inputOf, standsInTheWay, toEnd, valuesOf } from './price-values.ts';

const price = (validFrom: string | null, validUntil: string | null) => ({
  component: 'INPUT' as const,
  serviceMode: 'STANDARD' as const,
  amount: '2.50',
  currency: 'USD',
  minContextTokens: 0,
  validFrom,
  validUntil,
});

test('what comes from a price goes back as it was', () => {
  expect(inputOf(valuesOf(price('2026-01-01', null)))).toMatchObject(price('2026-01-01', null));
});

test('a price that holds until then can be ended when the new one begins', () => {
  const open = price(null, null);
  const values = { ...EMPTY_PRICE, amount: '3', validFrom: '2026-03-01' };
  expect(standsInTheWay(values, [open])).toBe(open);
  expect(toEnd(values, [open])).toBe(open);
  expect(toEnd(values, [price('2025-01-01', '2026-06-01')])).toBeDefined();
});

test('a price that begins with or after the new one can not, nor one of several', () => {
  const values = { ...EMPTY_PRICE, amount: '3', validFrom: '2026-03-01' };
  expect(toEnd(values, [price('2026-03-01', null)])).toBeUndefined();
  expect(toEnd({ ...values, validFrom: '' }, [price(null, null)])).toBeUndefined();
  const two = [price(null, '2026-04-01'), price('2026-04-01', null)];
  expect(toEnd(values, two)).toBeUndefined();
  expect(toEnd({ ...values, validUntil: '2026-04-01' }, two)).toBe(two[0]);
});
