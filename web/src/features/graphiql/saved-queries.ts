import * as v from 'valibot';
import { createPreference } from '../../console/store.ts';

/** An operation under a name. The browser keeps it; the server knows nothing of it. */
export interface SavedQuery {
  name: string;
  query: string;
  variables: string;
  savedAt: string;
}

const LONGEST_NAME = 100;
const LONGEST_TEXT = 200_000;

export const queryName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(LONGEST_NAME));

const savedQuery = v.object({
  name: queryName,
  query: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_TEXT)),
  variables: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(LONGEST_TEXT)), ''), ''),
  savedAt: v.fallback(v.pipe(v.string(), v.isoTimestamp()), '1970-01-01T00:00:00.000Z'),
});

const FORMAT = 'modelry saved queries';

const file = v.object({ format: v.literal(FORMAT), queries: v.array(v.unknown()) });

/** The good ones of a list that may be anything, and how many were none. */
function readList(list: readonly unknown[]): { queries: SavedQuery[]; dropped: number } {
  const queries: SavedQuery[] = [];
  for (const each of list) {
    const { success, output } = v.safeParse(savedQuery, each);
    if (success && !queries.some(({ name }) => name === output.name)) {
      queries.push(output);
    }
  }
  return { queries, dropped: list.length - queries.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the browser keeps under the name; whatever can't be read is as if it weren't there. */
export function readStored(stored: string | null): readonly SavedQuery[] {
  const list = stored === null ? [] : parsed(stored);
  return Array.isArray(list) ? readList(list).queries : [];
}

export const savedQueries = createPreference('saved-queries', readStored);

/** With this one, in the place of one of its name. */
export function withSaved(
  queries: readonly SavedQuery[],
  saved: SavedQuery,
): readonly SavedQuery[] {
  return [...without(queries, saved.name), saved].sort((one, other) =>
    one.name.localeCompare(other.name),
  );
}

export function without(queries: readonly SavedQuery[], name: string): readonly SavedQuery[] {
  return queries.filter((each) => each.name !== name);
}

export function renamed(
  queries: readonly SavedQuery[],
  name: string,
  next: string,
): readonly SavedQuery[] {
  const found = queries.find((each) => each.name === name);
  return found ? withSaved(without(queries, name), { ...found, name: next }) : queries;
}

export function writeFile(queries: readonly SavedQuery[]): string {
  return `${JSON.stringify({ format: FORMAT, queries }, null, 2)}\n`;
}

/** What a file holds; null if it is no such file. */
export function readFile(text: string): { queries: SavedQuery[]; dropped: number } | null {
  const { success, output } = v.safeParse(file, parsed(text));
  return success ? readList(output.queries) : null;
}

/**
 * With those of a file. One that is there already is not taken twice; one that only has the name of
 * another gets a name of its own, so that nothing is overwritten.
 */
export function withImported(
  queries: readonly SavedQuery[],
  imported: readonly SavedQuery[],
): { queries: readonly SavedQuery[]; added: number } {
  let all = queries;
  for (const each of imported) {
    const isThere = all.some(
      ({ query, variables, name }) =>
        query === each.query && variables === each.variables && nameOf(name) === nameOf(each.name),
    );
    if (!isThere) {
      all = withSaved(all, { ...each, name: freeName(all, each.name) });
    }
  }
  return { queries: all, added: all.length - queries.length };
}

/** Without the number that an import gave it. */
const nameOf = (name: string) => name.replace(/ \(\d+\)$/, '');

function freeName(queries: readonly SavedQuery[], name: string): string {
  const isTaken = (wanted: string) => queries.some((each) => each.name === wanted);
  for (let number = 2, wanted = name; ; number += 1) {
    if (!isTaken(wanted)) {
      return wanted;
    }
    const mark = ` (${number})`;
    wanted = `${nameOf(name).slice(0, LONGEST_NAME - mark.length)}${mark}`;
  }
}
