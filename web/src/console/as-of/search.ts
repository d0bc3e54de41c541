import * as v from 'valibot';
import { readMoment } from './moment.ts';

/** What the address of every view says: the moment it shows. What is no moment is kept, to be told of. */
export const asOfSearch = v.object({
  at: v.fallback(
    v.optional(
      v.pipe(
        v.string(),
        v.trim(),
        v.nonEmpty(),
        v.maxLength(64),
        v.transform((text) => {
          const sought = readMoment(text);
          return 'moment' in sought ? sought.moment : text;
        }),
      ),
    ),
    undefined,
  ),
});
