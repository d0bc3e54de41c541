import * as v from 'valibot';
import { oneOf, page } from '../../console/address.ts';
import { FORMATS } from './formats.ts';

// What the address of the import says. The file can't stand in it; how it is to be read can, so that
// a link in somebody's instructions can say it.

const text = v.optional(v.fallback(v.pipe(v.string(), v.maxLength(200)), ''), '');

/** A day that there is: `Date` alone would take the 31st of February for the 3rd of March. */
export function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(time) &&
    new Date(time).toISOString().startsWith(value)
  );
}

export const importSearch = v.object({
  /** Undefined for what the file looks like. */
  format: oneOf(FORMATS),
  /** Undefined for today. */
  asOf: v.fallback(v.optional(v.pipe(v.string(), v.check(isDay))), undefined),
  /** What is sought among the changed records, in which field, and on which page. */
  find: text,
  field: v.fallback(v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))), undefined),
  page,
});
export type ImportSearch = v.InferOutput<typeof importSearch>;

export const DEFAULT_IMPORT_SEARCH = { find: '', page: 1 };
