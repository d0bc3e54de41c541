interface Category {
  id: string;
  path: string;
  displayName: string;
}

/** A category as a line of the tree. */
export interface Line {
  value: string;
  label: string;
  depth: number;
  /** What is searched in. */
  sought: string;
  disabled: boolean;
}

interface Branch {
  category: Category;
  children: Branch[];
}

/** The tree of a flat list, line by line: a path is that of the category above, a slash and a name. */
export function treeLines(categories: readonly Category[], chosen: ReadonlySet<string>): Line[] {
  const branches = new Map<string, Branch>();
  const roots: Branch[] = [];
  const inOrder = [...categories].sort((one, other) => one.path.length - other.path.length);
  for (const category of inOrder) {
    const { path } = category;
    const branch = { category, children: [] };
    branches.set(path, branch);
    const above = branches.get(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    (above?.children ?? roots).push(branch);
  }
  return linesOf(roots, 0, chosen);
}

function linesOf(branches: Branch[], depth: number, chosen: ReadonlySet<string>): Line[] {
  const named = [...branches].sort((one, other) =>
    one.category.displayName.localeCompare(other.category.displayName),
  );
  return named.flatMap(({ category: { id, path, displayName }, children }) => [
    {
      value: id,
      label: displayName,
      depth,
      sought: `${displayName} ${path}`.toLowerCase(),
      disabled: chosen.has(id),
    },
    ...linesOf(children, depth + 1, chosen),
  ]);
}
