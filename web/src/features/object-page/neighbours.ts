/** Neighbours that belong together, in the order they came in: each belongs to the first of its group. */
export function groupWhile<T>(
  items: readonly T[],
  belongs: (first: T, item: T) => boolean,
): [T, ...T[]][] {
  const groups: [T, ...T[]][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && belongs(last[0], item)) {
      last.push(item);
    } else {
      groups.push([item]);
    }
  }
  return groups;
}

/** Neighbours of which the same is said together. */
export const groupNeighbours = <T>(items: readonly T[], keyOf: (item: T) => string | undefined) =>
  groupWhile(items, (first, item) => keyOf(first) === keyOf(item));
