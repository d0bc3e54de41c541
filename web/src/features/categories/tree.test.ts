import { describe, expect, test } from 'vitest';
import type { CategoryNode } from './documents.ts';
import { buildTree, findIn, flatten, isWithin, type Place, planMove, rowsOf } from './tree.ts';
import { goalOf, sideOf } from './use-drag.ts';
import { obstacle, othersAt } from './use-moves.ts';

function node(name: string, parent: string | null, position = 0, isDeleted = false): CategoryNode {
  return {
    __typename: 'Category',
    id: name,
    databaseId: 1,
    name,
    displayName: name.toUpperCase(),
    description: null,
    categoryType: 'task',
    isActive: true,
    path: name,
    position,
    version: 1,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    deletedAt: isDeleted ? '2026-01-02T00:00:00Z' : null,
    parent: parent === null ? null : { __typename: 'Category', id: parent },
  } as CategoryNode;
}

const NODES = [
  node('llm', null, 1),
  node('audio', null, 0),
  node('chat', 'llm', 0),
  node('code', 'llm', 0),
  node('fast', 'chat', 0),
  node('old', 'llm', 0, true),
];

const names = (rows: { branch: { node: { name: string } } }[]) =>
  rows.map(({ branch }) => branch.node.name);

const branchOf = (tree: ReturnType<typeof buildTree>, id: string) => {
  const branch = tree.byId.get(id);
  if (!branch) {
    throw new Error(`there is no ${id}`);
  }
  return branch;
};

describe('a tree', () => {
  test('is sorted by position and name, and what is deleted comes last', () => {
    const all = flatten(buildTree(NODES).roots);
    expect(all.map(({ path }) => path)).toEqual([
      'audio',
      'llm',
      'llm/chat',
      'llm/chat/fast',
      'llm/code',
      'llm/old',
    ]);
    expect(all.map(({ depth }) => depth)).toEqual([0, 0, 1, 2, 1, 1]);
  });

  test('shows what is being moved at its new place, with the paths below it', () => {
    const pending = new Map<string, Place>([['chat', { parentId: 'audio', position: 0 }]]);
    const all = flatten(buildTree(NODES, pending).roots);
    expect(all.map(({ path }) => path)).toContain('audio/chat/fast');
  });

  test('shows rows below what is open, or the way to what was found', () => {
    const tree = buildTree(NODES);
    expect(names(rowsOf(tree, (id) => id === 'llm'))).toEqual([
      'audio',
      'llm',
      'chat',
      'code',
      'old',
    ]);
    const found = findIn(tree, 'FAST chat');
    expect([...found]).toEqual(['fast']);
    const rows = rowsOf(tree, () => false, found);
    expect(names(rows)).toEqual(['llm', 'chat', 'fast']);
    expect(rows.map(({ place, of }) => [place, of])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test('knows what is below what', () => {
    const tree = buildTree(NODES);
    expect(isWithin(tree, 'fast', 'llm')).toBe(true);
    expect(isWithin(tree, 'llm', 'llm')).toBe(true);
    expect(isWithin(tree, 'llm', 'fast')).toBe(false);
    expect(isWithin(tree, null, 'llm')).toBe(false);
  });
});

describe('a move', () => {
  const positions = (moved: string, parentId: string | null, index: number, nodes = NODES) => {
    const tree = buildTree(nodes);
    const branch = branchOf(tree, moved);
    const others = othersAt(tree, branch, parentId);
    const { position, shifts } = planMove(branch, others, index);
    const given = new Map<string, Place>([
      [moved, { parentId, position }],
      ...shifts.map(
        (shift) => [shift.branch.node.id, { parentId, position: shift.position }] as const,
      ),
    ]);
    const after = buildTree(nodes, given);
    const siblings = parentId === null ? after.roots : branchOf(after, parentId).children;
    return {
      order: siblings.map(({ node: { name } }) => name),
      position,
      shifted: shifts.map((shift) => shift.branch.node.name),
    };
  };

  test('gives as few new positions as can be', () => {
    expect(positions('code', 'llm', 0)).toEqual({
      order: ['code', 'chat', 'old'],
      position: 0,
      shifted: ['chat'],
    });
    expect(positions('chat', 'llm', 1)).toEqual({
      order: ['code', 'chat', 'old'],
      position: 1,
      shifted: [],
    });
    expect(positions('chat', null, 2).shifted).toEqual([]);
    expect(positions('fast', null, 0)).toEqual({
      order: ['fast', 'audio', 'llm'],
      position: 0,
      shifted: ['audio'],
    });
  });

  test('makes room among many at one position', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => node(name, null));
    expect(positions('e', null, 1, many)).toEqual({
      order: ['a', 'e', 'b', 'c', 'd'],
      position: 1,
      shifted: ['b', 'c', 'd'],
    });
    expect(positions('a', null, 4, many)).toEqual({
      order: ['b', 'c', 'd', 'e', 'a'],
      position: 1,
      shifted: [],
    });
  });

  test('is refused below itself, and where the name is taken', () => {
    const tree = buildTree([
      ...NODES,
      node('taken', 'audio'),
      { ...node('x', 'llm'), name: 'taken' },
    ]);
    expect(obstacle(tree, branchOf(tree, 'llm'), 'fast')).toBe('cycle');
    expect(obstacle(tree, branchOf(tree, 'llm'), 'llm')).toBe('cycle');
    expect(obstacle(tree, branchOf(tree, 'x'), 'audio')).toBe('taken');
    expect(obstacle(tree, branchOf(tree, 'chat'), null)).toBeUndefined();
  });

  test('goes where it is dropped', () => {
    const tree = buildTree(NODES);
    const rows = rowsOf(tree, () => true);
    const row = (name: string) => {
      const found = rows.find(({ branch }) => branch.node.name === name);
      if (!found) {
        throw new Error(`there is no ${name}`);
      }
      return found;
    };
    const fast = branchOf(tree, 'fast');
    expect([0.1, 0.5, 0.9].map(sideOf)).toEqual(['before', 'into', 'after']);
    expect(goalOf(tree, fast, row('code'), 'before')).toEqual({ parentId: 'llm', index: 1 });
    expect(goalOf(tree, fast, row('code'), 'after')).toEqual({ parentId: 'llm', index: 2 });
    expect(goalOf(tree, fast, row('llm'), 'into')).toEqual({ parentId: 'llm', index: 2 });
    expect(goalOf(tree, fast, row('llm'), 'after')).toEqual({ parentId: 'llm', index: 0 });
    expect(goalOf(tree, fast, row('audio'), 'after')).toEqual({ parentId: null, index: 1 });
  });
});
