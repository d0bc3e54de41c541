interface OfModel {
  model?: { id: string } | null | undefined;
}

/** Neighbours that are of the same model together, and those that are of none. */
export function groupByModel<T extends OfModel>(changes: readonly T[]): [T, ...T[]][] {
  const groups: [T, ...T[]][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last && last[0].model?.id === change.model?.id) {
      last.push(change);
    } else {
      groups.push([change]);
    }
  }
  return groups;
}
