/** Neighbours of the same change set together, in the order they came in. */
export function groupBySet<T extends { changeSet: { id: string } }>(
  changes: readonly T[],
): [T, ...T[]][] {
  const groups: [T, ...T[]][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last?.[0].changeSet.id === change.changeSet.id) {
      last.push(change);
    } else {
      groups.push([change]);
    }
  }
  return groups;
}
