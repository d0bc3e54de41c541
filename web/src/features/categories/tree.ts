import type { CategoryNode } from './documents.ts';

/** Where a category is, or is to be. */
export interface Place {
  parentId: string | null;
  position: number;
}

/** A category with what is below it. */
export interface Branch {
  node: CategoryNode;
  /** The place of what is being moved is the new one already. */
  place: Place;
  /** Names from the root down: after a move, before the server has told it. */
  path: string;
  depth: number;
  children: Branch[];
}

export interface Tree {
  roots: readonly Branch[];
  byId: ReadonlyMap<string, Branch>;
}

/** A row of the tree as it is shown. */
export interface TreeRow {
  branch: Branch;
  isOpen: boolean;
  /** Its place among those beside it, from 1, and how many these are. */
  place: number;
  of: number;
  /** Whether it could be moved up or down among all those beside it. */
  canRise: boolean;
  canSink: boolean;
}

type Pending = ReadonlyMap<string, Place>;

/** As the server sorts: by position, then by name; what is deleted comes last. */
function compare(a: Branch, b: Branch): number {
  const deleted = Number(a.node.deletedAt != null) - Number(b.node.deletedAt != null);
  return deleted || a.place.position - b.place.position || (a.node.name < b.node.name ? -1 : 1);
}

/** The tree of a flat list, with the moves in it that are under way. */
export function buildTree(nodes: readonly CategoryNode[], pending: Pending = new Map()): Tree {
  const byId = new Map<string, Branch>();
  for (const node of nodes) {
    const place = pending.get(node.id) ?? {
      parentId: node.parent?.id ?? null,
      position: node.position,
    };
    byId.set(node.id, { node, place, path: node.path, depth: 0, children: [] });
  }
  const roots: Branch[] = [];
  for (const branch of byId.values()) {
    const { parentId } = branch.place;
    const parent = parentId === null ? undefined : byId.get(parentId);
    (parent?.children ?? roots).push(branch);
  }
  const arrange = (branches: Branch[], depth: number, above?: Branch) => {
    branches.sort(compare);
    for (const branch of branches) {
      branch.depth = depth;
      if (above) {
        branch.path = `${above.path}/${branch.node.name}`;
      } else if (branch.place.parentId === null) {
        branch.path = branch.node.name;
      }
      arrange(branch.children, depth + 1, branch);
    }
  };
  arrange(roots, 0);
  return { roots, byId };
}

/** All branches, each before those below it. */
export function flatten(branches: readonly Branch[]): Branch[] {
  return branches.flatMap((branch) => [branch, ...flatten(branch.children)]);
}

/** Whether one is the other or somewhere below it. */
export function isWithin(tree: Tree, id: string | null, other: string): boolean {
  let at = id;
  while (at !== null) {
    if (at === other) {
      return true;
    }
    at = tree.byId.get(at)?.place.parentId ?? null;
  }
  return false;
}

/** Those that stand beside one another below a parent, without what is deleted. */
export function childrenOf(tree: Tree, parentId: string | null): readonly Branch[] {
  const branches = parentId === null ? tree.roots : (tree.byId.get(parentId)?.children ?? []);
  return branches.filter(({ node }) => node.deletedAt == null);
}

/** Which categories have every word of a text in their name, display name or path. */
export function findIn(tree: Tree, text: string): ReadonlySet<string> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const isFound = ({ node, path }: Branch) => {
    const sought = `${node.displayName} ${path}`.toLowerCase();
    return words.every((word) => sought.includes(word));
  };
  return new Set(flatten(tree.roots).flatMap((branch) => (isFound(branch) ? branch.node.id : [])));
}

/** The rows that are shown: what is below an open one, or, if something is sought, the way to what was found. */
export function rowsOf(
  tree: Tree,
  isOpen: (id: string) => boolean,
  found?: ReadonlySet<string>,
): TreeRow[] {
  const leads = ({ node, children }: Branch): boolean =>
    (found?.has(node.id) ?? true) || children.some(leads);
  const list = (branches: readonly Branch[]): TreeRow[] => {
    const shown = found ? branches.filter(leads) : branches;
    const live = branches.filter(({ node }) => node.deletedAt == null);
    return shown.flatMap((branch, index) => {
      const below = found ? branch.children.filter(leads) : branch.children;
      const open = below.length > 0 && (found !== undefined || isOpen(branch.node.id));
      const row = {
        branch,
        isOpen: open,
        place: index + 1,
        of: shown.length,
        canRise: live[0] !== branch,
        canSink: live.at(-1) !== branch,
      };
      return [row, ...(open ? list(below) : [])];
    });
  };
  return list(tree.roots);
}

export interface Plan {
  /** The position of what is moved. */
  position: number;
  /** What has to make room. */
  shifts: { branch: Branch; position: number }[];
}

/**
 * The positions by which something comes to stand at an index among others, with as few changes as
 * can be: many have the same position, and are sorted by name.
 */
export function planMove(moved: Branch, others: readonly Branch[], index: number): Plan {
  const before = others[index - 1];
  const after = others[index];
  const fits = (position: number) =>
    (!before || isSorted(before, before.place.position, moved, position)) &&
    (!after || isSorted(moved, position, after, after.place.position));
  const next = before ? before.place.position + 1 : 0;
  const position =
    [moved.place.position, before?.place.position ?? 0, next].find(fits) ?? Math.max(next, 0);
  const shifts: Plan['shifts'] = [];
  let last = { branch: moved, position };
  for (const branch of others.slice(index)) {
    if (isSorted(last.branch, last.position, branch, branch.place.position)) {
      break;
    }
    const besides = isSorted(last.branch, last.position, branch, last.position);
    last = { branch, position: last.position + (besides ? 0 : 1) };
    shifts.push(last);
  }
  return { position, shifts };
}

function isSorted(a: Branch, positionOfA: number, b: Branch, positionOfB: number): boolean {
  return positionOfA < positionOfB || (positionOfA === positionOfB && a.node.name < b.node.name);
}
