import type { FacetFragment as Facet } from '../../gql/graphql.ts';

/** What was chosen and isn't counted: nothing is left of it. */
export function uncounted(counts: readonly Facet[], chosen: readonly string[]): string[] {
  const counted = new Set(counts.map(({ value }) => value));
  return chosen.filter((value) => !counted.has(value));
}

/** The counts, with what was chosen to be seen though nothing is left of it. */
export function withChosen(
  counts: readonly Facet[],
  chosen: readonly string[],
  names: readonly { name: string; displayName?: string | null }[] = [],
): readonly Facet[] {
  const labels = new Map(names.map(({ name, displayName }) => [name, displayName ?? null]));
  return [
    ...counts,
    ...uncounted(counts, chosen).map((value) => ({
      value,
      label: labels.get(value) ?? null,
      count: 0,
    })),
  ];
}
