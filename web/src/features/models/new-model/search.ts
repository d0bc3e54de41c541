import * as v from 'valibot';

/** Whose model is to be made, if that is known: `?supplier=Supplier:7`. */
export const newModelSearch = v.object({
  supplier: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^Supplier:\d{1,18}$/))), undefined),
});
