import * as v from 'valibot';
import { choice, flag, oneOf, pageOf, place, text, texts } from '../../console/address.ts';
import type {
  CapabilityOrder,
  CapabilityRowsQueryVariables,
  CapabilityWhere,
  MatrixQueryVariables,
  ModelWhere,
} from '../../gql/graphql.ts';
import { Domain } from '../../gql/graphql.ts';

export const VIEWS = ['matrix', 'list'] as const;
export type View = (typeof VIEWS)[number];

export const DOMAINS = Object.values(Domain).map(
  (domain) => domain.toLowerCase() as Lowercase<Domain>,
);

export const CAPABILITY_SORTS = ['name', 'domain', 'updated'] as const;
export type CapabilitySort = (typeof CAPABILITY_SORTS)[number];

export const MODELS_ON_A_PAGE = 30;
export const CAPABILITIES_ON_A_PAGE = 50;
/** A wider matrix is scrolled more than read. */
export const MOST_COLUMNS = 24;
export const COLUMNS_AT_FIRST = 8;

/** What the address says: of the matrix or of the list, whichever is shown. */
export const capabilitiesSearch = v.object({
  view: choice(VIEWS),
  q: text,
  supplier: texts,
  /** The names of the capabilities that are columns; none said are those that most models have. */
  column: v.pipe(
    texts,
    v.transform((names) => names.slice(0, MOST_COLUMNS)),
  ),
  domain: oneOf(DOMAINS),
  deleted: flag,
  sort: choice(CAPABILITY_SORTS),
  descending: flag,
  ...place,
});

export type CapabilitiesSearch = v.InferOutput<typeof capabilitiesSearch>;

export const DEFAULT_CAPABILITIES_SEARCH: CapabilitiesSearch = v.parse(capabilitiesSearch, {});

/** The other view, which has conditions of its own. */
export function inView(search: CapabilitiesSearch, view: View): CapabilitiesSearch {
  return { ...DEFAULT_CAPABILITIES_SEARCH, column: search.column, view };
}

export function matrixOf(search: CapabilitiesSearch): MatrixQueryVariables {
  const where: ModelWhere = {
    ...(search.q ? { search: search.q } : {}),
    ...(search.supplier.length > 0 ? { supplier: { name: { in: search.supplier } } } : {}),
  };
  return { where, ...pageOf(search, MODELS_ON_A_PAGE) };
}

const FIELDS: Record<CapabilitySort, CapabilityOrder['field']> = {
  name: 'DISPLAY_NAME',
  domain: 'DOMAIN',
  updated: 'UPDATED_AT',
};

export function listOf(search: CapabilitiesSearch): CapabilityRowsQueryVariables {
  const { q, domain, deleted, sort, descending } = search;
  const where: CapabilityWhere = {
    ...(q ? { search: q } : {}),
    ...(domain ? { domain: { eq: domain.toUpperCase() as Domain } } : {}),
    ...(deleted ? { deleted: 'INCLUDE' } : {}),
  };
  const first: CapabilityOrder = { field: FIELDS[sort], direction: descending ? 'DESC' : 'ASC' };
  const orderBy: CapabilityOrder[] =
    sort === 'domain' ? [first, { field: 'DISPLAY_NAME' }] : [first];
  return { where, orderBy, ...pageOf(search, CAPABILITIES_ON_A_PAGE) };
}
