import * as v from 'valibot';
import {
  choice,
  countSet,
  FIRST_PAGE,
  flag,
  oneOf,
  place,
  someOf,
  text,
  texts,
} from '../../console/address.ts';
import { LifecycleStage, ModelType } from '../../gql/graphql.ts';

// What the address of the table says.

export const SORTS = [
  'name',
  'supplier',
  'type',
  'context',
  'input',
  'output',
  'released',
  'cutoff',
  'updated',
] as const;
export type Sort = (typeof SORTS)[number];

export const PAGE_SIZES = [25, 50, 100] as const;

const lower = <T extends string>(values: Record<string, T>) =>
  Object.values(values).map((value) => value.toLowerCase() as Lowercase<T>);

export const TYPES = lower(ModelType);
export const STAGES = lower(LifecycleStage);

const count = v.fallback(
  v.optional(v.pipe(v.unknown(), v.transform(Number), v.integer(), v.minValue(0))),
  undefined,
);

const amount = v.fallback(
  v.optional(v.pipe(v.unknown(), v.transform(String), v.regex(/^\d{1,12}(\.\d{1,12})?$/))),
  undefined,
);

export const modelsSearch = v.object({
  q: text,
  supplier: texts,
  type: someOf(TYPES),
  subType: texts,
  stage: someOf(STAGES),
  capability: texts,
  category: text,
  minContext: count,
  maxContext: count,
  minInput: amount,
  maxInput: amount,
  minOutput: amount,
  maxOutput: amount,
  free: oneOf(['without', 'only']),
  active: oneOf(['yes', 'no']),
  deleted: oneOf(['include', 'only']),
  sort: choice(SORTS),
  descending: flag,
  size: v.pipe(
    v.optional(v.unknown(), 50),
    v.transform((value) => PAGE_SIZES.find((size) => size === Number(value)) ?? 50),
  ),
  ...place,
});

export type ModelsSearch = v.InferOutput<typeof modelsSearch>;

/** An address that says nothing. */
export const DEFAULT_SEARCH: ModelsSearch = v.parse(modelsSearch, {});

/** What chooses rows, without what sorts and pages them. */
export function conditionsOf(search: ModelsSearch) {
  const { sort, descending, size, page, after, before, ...conditions } = search;
  return conditions;
}

export type Conditions = ReturnType<typeof conditionsOf>;

/** How many conditions are set. */
export const countConditions = (search: ModelsSearch) => countSet(conditionsOf(search));

/** The same table with something chosen anew, from its first page. */
export function change(search: ModelsSearch, patch: Partial<ModelsSearch>): ModelsSearch {
  return { ...search, ...FIRST_PAGE, ...patch };
}

/** The same table without conditions. */
export function withoutConditions(search: ModelsSearch): ModelsSearch {
  const { sort, descending, size } = search;
  return { ...DEFAULT_SEARCH, sort, descending, size };
}
