/** Neighbours of which the same is said together, in the order they came in. */
export function groupNeighbours<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): [T, ...T[]][] {
  const groups: [T, ...T[]][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && keyOf(last[0]) === keyOf(item)) {
      last.push(item);
    } else {
      groups.push([item]);
    }
  }
  return groups;
}
