import * as v from 'valibot';
import { choice, flag, oneOf, pageOf, place, text } from '../../console/address.ts';
import type { SupplierOrder, SuppliersQueryVariables, SupplierWhere } from '../../gql/graphql.ts';

export const SUPPLIER_SORTS = ['name', 'models', 'updated'] as const;
export type SupplierSort = (typeof SUPPLIER_SORTS)[number];

export const SUPPLIERS_ON_A_PAGE = 50;

/** What the address of the list says. */
export const suppliersSearch = v.object({
  q: text,
  active: oneOf(['yes', 'no']),
  deleted: oneOf(['include', 'only']),
  sort: choice(SUPPLIER_SORTS),
  descending: flag,
  ...place,
});

export type SuppliersSearch = v.InferOutput<typeof suppliersSearch>;

export const DEFAULT_SUPPLIERS_SEARCH: SuppliersSearch = v.parse(suppliersSearch, {});

const FIELDS: Record<SupplierSort, SupplierOrder['field']> = {
  name: 'NAME',
  models: 'MODEL_COUNT',
  updated: 'UPDATED_AT',
};

/** The schema's question for what the address says. */
export function variablesOf(search: SuppliersSearch): SuppliersQueryVariables {
  const { q, active, deleted, sort, descending } = search;
  const where: SupplierWhere = {
    ...(q ? { search: q } : {}),
    ...(active ? { isActive: { eq: active === 'yes' } } : {}),
    ...(deleted ? { deleted: deleted === 'only' ? 'ONLY' : 'INCLUDE' } : {}),
  };
  const first: SupplierOrder = { field: FIELDS[sort], direction: descending ? 'DESC' : 'ASC' };
  const orderBy: SupplierOrder[] = sort === 'name' ? [first] : [first, { field: 'NAME' }];
  return { where, orderBy, ...pageOf(search, SUPPLIERS_ON_A_PAGE) };
}
