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

/** A day, such as `2026-11-26`. */
export const day = v.fallback(v.optional(v.pipe(v.string(), v.isoDate())), undefined);

/** The place in a list that is paged by cursors. */
export const place = {
  page: v.optional(
    v.fallback(v.pipe(v.unknown(), v.transform(Number), v.integer(), v.minValue(1)), 1),
    1,
  ),
  after: text,
  before: text,
};

export interface Place {
  page: number;
  after: string;
  before: string;
}

export const FIRST_PAGE: Place = { page: 1, after: '', before: '' };

/** The part of the list that the address says. */
export function pageOf({ after, before }: Place, size: number) {
  return before ? { last: size, before } : after ? { first: size, after } : { first: size };
}
