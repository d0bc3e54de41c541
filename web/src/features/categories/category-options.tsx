import { flatten, type Tree } from './tree.ts';

interface Option {
  value: string;
  label: string;
  sought: string;
  depth: number;
  path: string;
}

/** The live categories to choose from, in the order of the tree. */
export function optionsOf(tree: Tree): Option[] {
  return flatten(tree.roots)
    .filter(({ node }) => node.deletedAt == null)
    .map(({ node, path, depth }) => ({
      value: node.id,
      label: node.displayName,
      sought: `${node.displayName} ${path}`.toLowerCase(),
      depth,
      path,
    }));
}

export function CategoryOption({
  label,
  depth,
  path,
}: {
  label: string;
  depth: number;
  path: string;
}) {
  return (
    <span className="category-option" style={{ paddingInlineStart: depth * 16 }} title={path}>
      <bdi>{label}</bdi>
    </span>
  );
}
