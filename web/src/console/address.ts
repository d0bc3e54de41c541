import * as v from 'valibot';

// What addresses of views are made of. Whatever can't be read is as if it weren't there: an address
// may be old, cut off, or typed by hand.

export const text = v.optional(v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(500)), ''), '');

export const texts = v.pipe(
  v.optional(v.unknown(), []),
  v.transform((value) => [
    ...new Set([value].flat().filter((each): each is string => typeof each === 'string' && !!each)),
  ]),
);

export const someOf = <T extends string>(values: readonly T[]) =>
  v.pipe(
    texts,
    v.transform((given) => values.filter((value) => given.includes(value))),
  );

export const oneOf = <const T extends string>(values: readonly T[]) =>
  v.fallback(v.optional(v.picklist(values)), undefined);

/** One of them where nothing is said too: the first, if it isn't told which. */
export const choice = <const T extends readonly [string, ...string[]]>(
  values: T,
  otherwise: T[number] = values[0],
) => v.optional(v.fallback(v.picklist(values), otherwise), otherwise);

export const flag = v.pipe(
  v.optional(v.unknown(), false),
  v.transform((value) => value === true || value === 'true'),
);

const positive = v.pipe(v.unknown(), v.transform(Number), v.integer(), v.minValue(1));

/** The number in a global id. */
export const number = v.fallback(v.optional(positive), undefined);

/** A day, such as `2026-11-26`. */
export const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);

export const page = v.optional(v.fallback(positive, 1), 1);

/** The place in a list that is paged by cursors. */
export const place = {
  page,
  after: text,
  before: text,
};

export interface Place {
  page: number;
  after: string;
  before: string;
}

export const FIRST_PAGE: Place = { page: 1, after: '', before: '' };

/** How many of the conditions that an address says are set. */
export const countSet = (conditions: object) =>
  Object.values(conditions).filter((value) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '',
  ).length;

/** The part of the list that the address says. */
export function pageOf({ after, before }: Omit<Place, 'page'>, size: number) {
  return before ? { last: size, before } : after ? { first: size, after } : { first: size };
}

/** Where the ends of a page are, as the server tells it. */
export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor?: string | null | undefined;
  endCursor?: string | null | undefined;
}

export const countPages = (total: number | undefined, size: number) =>
  total === undefined ? undefined : Math.max(1, Math.ceil(total / size));

/** The page before; the first where what stood before is gone. */
export function placeBefore({ page }: Place, pageInfo: PageInfo | undefined): Place {
  return page > 2 && pageInfo?.startCursor
    ? { page: page - 1, after: '', before: pageInfo.startCursor }
    : FIRST_PAGE;
}

export const placeAfter = ({ page }: Place, pageInfo: PageInfo | undefined): Place => ({
  page: page + 1,
  after: pageInfo?.endCursor ?? '',
  before: '',
});
