import type {
  LifecycleStage,
  ModelOrder,
  ModelPriceWhere,
  ModelType,
  ModelWhere,
  PriceComponent,
} from '../../gql/graphql.ts';
import type { Conditions, ModelsSearch, Sort } from './search.ts';

export const CONTEXT_WINDOW = 'context_window';

/** What the table is sorted by where the cheapest is sought. */
const COSTS_NOTHING: ModelPriceWhere = { component: 'INPUT', lte: '0' };

/** The schema's condition for what the address says; a filter that counts beside itself is left out of its own count. */
export function whereOf(search: Conditions, without?: keyof Conditions): ModelWhere {
  const given = without
    ? { ...search, [without]: Array.isArray(search[without]) ? [] : '' }
    : search;
  const where: ModelWhere = {};
  if (given.q) {
    where.search = given.q;
  }
  if (given.supplier.length > 0) {
    where.supplier = { name: { in: given.supplier } };
  }
  if (given.type.length > 0) {
    where.modelType = { in: given.type.map((type) => type.toUpperCase() as ModelType) };
  }
  if (given.subType.length > 0) {
    where.subType = { in: given.subType };
  }
  if (given.stage.length > 0) {
    where.lifecycleStage = {
      in: given.stage.map((stage) => stage.toUpperCase() as LifecycleStage),
    };
  }
  if (given.capability.length > 0) {
    where.capabilities = { allOf: given.capability };
  }
  if (given.category) {
    where.category = { path: given.category, includeDescendants: true };
  }
  if (given.minContext !== undefined || given.maxContext !== undefined) {
    where.parameters = [{ name: CONTEXT_WINDOW, ...range(given.minContext, given.maxContext) }];
  }
  const prices = [
    priceWhere('INPUT', given.minInput, given.maxInput),
    priceWhere('OUTPUT', given.minOutput, given.maxOutput),
  ].flat();
  if (given.free === 'only') {
    prices.push(COSTS_NOTHING);
  }
  if (prices.length > 0) {
    where.prices = prices;
  }
  if (given.free === 'without') {
    // Not "costs something": a price that nobody knows may be one.
    where.not = { prices: [COSTS_NOTHING] };
  }
  if (given.active) {
    where.isActive = { eq: given.active === 'yes' };
  }
  if (given.deleted) {
    where.deleted = given.deleted === 'only' ? 'ONLY' : 'INCLUDE';
  }
  return where;
}

function range<T>(gte: T | undefined, lte: T | undefined): { gte?: T; lte?: T } {
  return { ...(gte === undefined ? {} : { gte }), ...(lte === undefined ? {} : { lte }) };
}

function priceWhere(
  component: PriceComponent,
  least: string | undefined,
  most: string | undefined,
): ModelPriceWhere[] {
  return least === undefined && most === undefined ? [] : [{ component, ...range(least, most) }];
}

const KEYS: Record<Sort, ModelOrder> = {
  name: { field: 'NAME' },
  supplier: { field: 'SUPPLIER' },
  type: { field: 'MODEL_TYPE' },
  context: { parameter: CONTEXT_WINDOW },
  input: { price: { component: 'INPUT' } },
  output: { price: { component: 'OUTPUT' } },
  released: { field: 'RELEASED_ON' },
  cutoff: { field: 'KNOWLEDGE_CUTOFF' },
  updated: { field: 'UPDATED_AT' },
};

/** Rows that are alike in what sorts them are sorted by name, which people can find their way in. */
export function orderOf({ sort, descending }: ModelsSearch): ModelOrder[] {
  const first: ModelOrder = { ...KEYS[sort], direction: descending ? 'DESC' : 'ASC' };
  return sort === 'name' ? [first] : [first, { field: 'NAME' }];
}
