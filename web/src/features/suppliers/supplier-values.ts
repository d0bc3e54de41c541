import type { SupplierDetails } from './documents.ts';

/** What the form of a supplier has. */
export interface SupplierValues {
  displayName: string | null;
  name: string;
  description: string | null;
  category: string | null;
  adapter: string | null;
  website: string | null;
  baseUrl: string | null;
  apiEndpoint: string | null;
  apiUrl: string | null;
  apiDocs: string | null;
  apiKeyRequired: boolean | null;
  logo: string | null;
  isActive: boolean;
  reason: string | null;
}

export const NO_SUPPLIER: SupplierValues = {
  displayName: null,
  name: '',
  description: null,
  category: null,
  adapter: null,
  website: null,
  baseUrl: null,
  apiEndpoint: null,
  apiUrl: null,
  apiDocs: null,
  apiKeyRequired: null,
  logo: null,
  isActive: true,
  reason: null,
};

/** The address that follows from the base and the path, as the server joins them; null without a base. */
export function joined(
  baseUrl: string | null | undefined,
  path: string | null | undefined,
): string | null {
  if (!baseUrl) {
    return null;
  }
  return path ? `${baseUrl.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}` : baseUrl;
}

export function valuesOf(supplier: SupplierDetails): SupplierValues {
  const { baseUrl = null, apiEndpoint = null, apiUrl = null } = supplier;
  return {
    displayName: supplier.displayName ?? null,
    name: supplier.name,
    description: supplier.description ?? null,
    category: supplier.category ?? null,
    adapter: supplier.adapter ?? null,
    website: supplier.website ?? null,
    baseUrl,
    apiEndpoint,
    // One that only follows from the others isn't written into the form, where it would stay.
    apiUrl: apiUrl === joined(baseUrl, apiEndpoint) ? null : apiUrl,
    apiDocs: supplier.apiDocs ?? null,
    apiKeyRequired: supplier.apiKeyRequired ?? null,
    logo: supplier.logo ?? null,
    isActive: supplier.isActive,
    reason: null,
  };
}
