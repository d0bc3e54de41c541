import * as v from 'valibot';
import { choice, flag } from '../../console/address.ts';
import { parseSearch, stringifySearch } from '../../console/search-params.ts';
import { ServiceMode } from '../../gql/graphql.ts';
import { conditionsOf, DEFAULT_SEARCH, type ModelsSearch, modelsSearch } from '../models/search.ts';

// What the address of a comparison says: whose, how much is used, and what the chart shows. Whatever
// can't be read is as if it weren't there, but for models: who shared a link meant one, so it is told.

/** How many are compared side by side. */
export const MOST_COMPARED = 6;

export type ModeName = Lowercase<ServiceMode>;
export const MODES = Object.values(ServiceMode).map((mode) => mode.toLowerCase() as ModeName);

export const BASES = ['month', 'request'] as const;
export const CHART_PRICES = ['input', 'output'] as const;
/** The chart shows all other models too. */
export const ALL_MODELS = '*';

/** More than anybody uses, and a whole number to the computer. */
export const MOST_COUNTED = 1_000_000_000_000_000;

const ids = v.pipe(
  v.optional(v.unknown(), []),
  v.transform((value) => [
    ...new Set(
      [value]
        .flat()
        .flatMap((each) => String(each ?? '').split(','))
        .map((each) =>
          each
            .trim()
            .replace(/^Model:/, '')
            .slice(0, 40),
        )
        .filter(Boolean),
    ),
  ]),
);

const count = (otherwise: number) =>
  v.optional(
    v.fallback(
      v.pipe(
        v.unknown(),
        v.transform(Number),
        v.integer(),
        v.minValue(0),
        v.maxValue(MOST_COUNTED),
      ),
      otherwise,
    ),
    otherwise,
  );

export const compareSearch = v.object({
  models: ids,
  differences: flag,
  per: choice(BASES),
  input: count(10_000_000),
  cached: count(0),
  output: count(2_000_000),
  requests: count(1_000),
  mode: v.optional(v.fallback(v.picklist(MODES), 'standard'), 'standard'),
  currency: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))), undefined),
  chart: choice(CHART_PRICES),
  /** Which other models the chart shows: `*`, or what the address of the table of models says. */
  among: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(2_000))), undefined),
});

export type CompareSearch = v.InferOutput<typeof compareSearch>;

/** An address that says nothing. */
export const DEFAULT_COMPARE: CompareSearch = v.parse(compareSearch, {});

/** What `among` says of the models of this table: whose they are, and in which order, as only the first have room. */
export function amongOf(search: ModelsSearch): string {
  const { sort, descending } = search;
  return (
    stringifySearch({
      ...conditionsOf(search),
      ...(sort === DEFAULT_SEARCH.sort ? {} : { sort }),
      ...(descending ? { descending } : {}),
    }) || ALL_MODELS
  );
}

/** The search of the table of models that the address of a comparison carries. */
export const searchAmong = (among: string): ModelsSearch =>
  v.parse(modelsSearch, parseSearch(among === ALL_MODELS ? '' : among));

/** The models that are asked for, and what of the address can't be: there is no such id, or no room. */
export function chosenOf(models: readonly string[]) {
  const isId = (text: string) => /^[1-9]\d{0,14}$/.test(text);
  const readable = models.filter(isId);
  return {
    ids: readable.slice(0, MOST_COMPARED),
    tooMany: readable.slice(MOST_COMPARED),
    unreadable: models.filter((text) => !isId(text)),
  };
}

/** The same use counted the other way: tokens of each request instead of a month's, or back. */
export function countedPer(search: CompareSearch, per: CompareSearch['per']) {
  const { requests } = search;
  if (per === search.per || requests === 0) {
    return { per };
  }
  const count = (tokens: number) =>
    Math.min(MOST_COUNTED, per === 'request' ? Math.round(tokens / requests) : tokens * requests);
  const { input, cached, output } = search;
  return { per, input: count(input), cached: count(cached), output: count(output) };
}
