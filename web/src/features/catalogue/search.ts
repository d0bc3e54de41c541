import * as v from 'valibot';

// Parts of what addresses say. Whatever can't be read is as if it weren't there.

export const text = v.optional(v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(500)), ''), '');

export const texts = v.pipe(
  v.optional(v.unknown(), []),
  v.transform((value) => [
    ...new Set([value].flat().filter((each): each is string => typeof each === 'string' && !!each)),
  ]),
);

export const oneOf = <const T extends string>(values: readonly T[]) =>
  v.fallback(v.optional(v.picklist(values)), undefined);

export const flag = v.pipe(
  v.optional(v.unknown(), false),
  v.transform((value) => value === true || value === 'true'),
);

/** The number in a global id. */
export const number = v.fallback(
  v.optional(v.pipe(v.unknown(), v.transform(Number), v.integer(), v.minValue(1))),
  undefined,
);

/** Where a page of a list begins or ends, and which one it is. */
export const place = {
  page: v.optional(
    v.fallback(v.pipe(v.unknown(), v.transform(Number), v.integer(), v.minValue(1)), 1),
    1,
  ),
  after: text,
  before: text,
};

export const FIRST_PAGE = { page: 1, after: '', before: '' } as const;

/** The part of a list that an address says. */
export function pageOf(search: { after: string; before: string }, size: number) {
  const { after, before } = search;
  return before ? { last: size, before } : after ? { first: size, after } : { first: size };
}
