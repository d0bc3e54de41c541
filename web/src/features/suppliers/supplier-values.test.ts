import { expect, test } from 'vitest';
import type { SupplierDetails } from './documents.ts';
import { joined, valuesOf } from './supplier-values.ts';

const supplier = (apiUrl: string | null) =>
  ({
    name: 'x',
    isActive: true,
    baseUrl: 'https://a.example/',
    apiEndpoint: '/v1',
    apiUrl,
  }) as SupplierDetails;

test('an address of the API is joined as the server does', () => {
  expect(joined('https://a.example/', '/v1')).toBe('https://a.example/v1');
  expect(joined('https://a.example', null)).toBe('https://a.example');
  expect(joined(null, '/v1')).toBeNull();
});

test('one that was only joined is no value of the form', () => {
  expect(valuesOf(supplier('https://a.example/v1')).apiUrl).toBeNull();
  expect(valuesOf(supplier('https://b.example')).apiUrl).toBe('https://b.example');
});
